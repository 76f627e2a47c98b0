package io.ringfence.binding.cache;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.cached.CachedBlocks;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The firmware's blocks behind caches, bound to {@code spec/CachedMemory.tla}. */
public final class CachedBlocksBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = CachedBlocksModel.CONSTANTS;

  private static final List<String> VARIABLES = List.of("memory", "cache", "held", "result");
  private static final int MOST_VALUE = 0xffff;

  private final CachedBlocksModel model;
  private final CachedBlocks firmware;

  private CachedBlocksBinding(CachedBlocksModel model, CachedBlocks firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static CachedBlocksBinding open(Map<String, Value> constants, Switches switches) {
    CachedBlocksModel model = CachedBlocksModel.read(constants, switches);
    return new CachedBlocksBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    int core = given.index("c", model.cores());
    return switch (action) {
      case "Prefetch", "Evict" -> {
        int line = given.number("l", 0, CachedBlocksModel.MOST_LINES);
        yield action.equals("Evict")
            ? () -> Outcome.of(firmware.evict(core, line))
            : () -> Outcome.of(firmware.prefetch(core, line));
      }
      case "Write" -> {
        int client = given.index("s", model.names());
        int value = given.number("v", 1, MOST_VALUE);
        yield () -> Outcome.of(firmware.write(core, client, value));
      }
      default -> client(action, core, given);
    };
  }

  private Operation client(String action, int core, NamedValues given) {
    return switch (action) {
      case "Alloc" -> {
        int client = given.index("s", model.names());
        yield () -> Outcome.of(firmware.alloc(core, client));
      }
      case "Read" -> {
        int client = given.index("s", model.names());
        yield () -> Outcome.of(firmware.read(core, client));
      }
      case "HandOver" -> {
        int client = given.index("s", model.names());
        yield () -> Outcome.of(firmware.handOver(core, client));
      }
      case "Free" -> {
        int client = given.index("s", model.names());
        yield () -> Outcome.of(firmware.free(core, client));
      }
      case "FreeAlias" -> {
        int client = given.index("s", model.names());
        yield () -> Outcome.of(firmware.freeByAlias(core, client));
      }
      default ->
          throw new BindingException(
              "CachedMemory has no action '"
                  + action
                  + "'; it has Alloc, Write, Read, HandOver, Free, FreeAlias, Prefetch and Evict");
    };
  }

  @Override
  public Value[] state() {
    return new Value[] {memory(), cache(), held(), StringValue.of(resultName())};
  }

  private Value memory() {
    Map<Value, Value> memory = new LinkedHashMap<>();
    for (int line : model.lines()) {
      memory.put(IntValue.of(line), IntValue.of(firmware.memory(line)));
    }
    return Values.function(memory);
  }

  private Value cache() {
    Map<String, Value> cores = new LinkedHashMap<>();
    for (int core = 0; core < model.cores().size(); core++) {
      Map<Value, Value> lines = new LinkedHashMap<>();
      for (int line : model.lines()) {
        lines.put(IntValue.of(line), copy(core, line));
      }
      cores.put(model.cores().get(core), Values.function(lines));
    }
    return Values.record(cores);
  }

  private Value copy(int core, int line) {
    boolean valid = firmware.isCached(core, line);
    String state = !valid ? "absent" : firmware.isDirty(core, line) ? "dirty" : "clean";
    int holds = valid ? firmware.copy(core, line) : CachedBlocks.UNWRITTEN;
    return Values.record(Map.of("state", StringValue.of(state), "holds", IntValue.of(holds)));
  }

  private Value held() {
    Map<String, Value> held = new LinkedHashMap<>();
    for (int client = 0; client < model.names().size(); client++) {
      boolean holds = firmware.pointer(client) != 0;
      held.put(
          model.names().get(client),
          Values.record(
              Map.of(
                  "at", IntValue.of(holds ? firmware.line(client) : 0),
                  "bytes", IntValue.of(holds ? firmware.bytes(client) : 0),
                  "alias", StringValue.of(holds ? alias(client) : "-"),
                  "owner", StringValue.of(holds ? model.cores().get(firmware.owner(client)) : "-"),
                  "last", IntValue.of(firmware.lastWritten(client)))));
    }
    return Values.record(held);
  }

  private String alias(int client) {
    return firmware.holdsCached(client) ? "cached" : "uncached";
  }

  private String resultName() {
    return switch (firmware.result()) {
      case NONE -> "-";
      case NULL -> "NULL";
      case GOOD, STALE -> firmware.result().name().toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public String lastFault() {
    return firmware.result() == CachedBlocks.Result.STALE
        ? "a core read something else than what was written last"
        : "";
  }

  @Override
  public MemoryPicture picture() {
    return CachedBlocksPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return CoresPicture.draw(model.cores(), firmware.probe());
  }
}
