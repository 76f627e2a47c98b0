package io.ringfence.binding.cache;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.cached.CachedRegion;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's region behind caches, bound to {@code spec/CachedRegion.tla}. */
public final class CachedRegionBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = CachedRegionModel.CONSTANTS;

  private static final List<String> VARIABLES =
      List.of("memory", "cache", "latest", "references", "held", "freed", "result");
  private static final List<String> LINES = List.of("control", "heap");
  private static final CachedRegion.Content NOTHING = new CachedRegion.Content(0, -1, 0);

  private final CachedRegionModel model;
  private final CachedRegion firmware;

  private CachedRegionBinding(CachedRegionModel model, CachedRegion firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static CachedRegionBinding open(Map<String, Value> constants, Switches switches) {
    CachedRegionModel model = CachedRegionModel.read(constants, switches);
    return new CachedRegionBinding(model, model.firmware());
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
      case "Get" -> () -> Outcome.of(firmware.get(core));
      case "Put" -> () -> Outcome.of(firmware.put(core));
      case "SetInterim" -> () -> Outcome.of(firmware.setInterim(core));
      case "Alloc" -> {
        int block = given.index("b", model.blocks());
        yield () -> Outcome.of(firmware.alloc(core, block));
      }
      case "Prefetch" -> {
        CachedRegion.Part part = part(given);
        yield () -> Outcome.of(firmware.prefetch(core, part));
      }
      case "Evict" -> {
        CachedRegion.Part part = part(given);
        yield () -> Outcome.of(firmware.evict(core, part));
      }
      default ->
          throw new BindingException(
              "CachedRegion has no action '"
                  + action
                  + "'; it has Get, Put, SetInterim, Alloc, Prefetch and Evict");
    };
  }

  private static CachedRegion.Part part(NamedValues given) {
    return CachedRegion.Part.values()[given.index("l", LINES)];
  }

  @Override
  public Value[] state() {
    return new Value[] {
      contents(firmware.memory()),
      cache(),
      contents(firmware.latest()),
      references(),
      held(),
      BoolValue.of(firmware.isFreed()),
      StringValue.of(result())
    };
  }

  private static Value content(CachedRegion.Part part, CachedRegion.Content content) {
    return part == CachedRegion.Part.HEAP
        ? IntValue.of(content.heap())
        : Values.record(
            Map.of(
                "uses", IntValue.of(content.uses()),
                "mode", StringValue.of(CachedRegionModel.mode(content.mode()))));
  }

  private static Value contents(CachedRegion.Content content) {
    Map<String, Value> lines = new LinkedHashMap<>();
    for (CachedRegion.Part part : CachedRegion.Part.values()) {
      lines.put(LINES.get(part.ordinal()), content(part, content));
    }
    return Values.record(lines);
  }

  private Value cache() {
    Map<String, Value> cores = new LinkedHashMap<>();
    for (int core = 0; core < model.cores().size(); core++) {
      Map<String, Value> lines = new LinkedHashMap<>();
      for (CachedRegion.Part part : CachedRegion.Part.values()) {
        lines.put(LINES.get(part.ordinal()), copy(core, part));
      }
      cores.put(model.cores().get(core), Values.record(lines));
    }
    return Values.record(cores);
  }

  private Value copy(int core, CachedRegion.Part part) {
    boolean valid = firmware.isCached(core, part);
    return Values.record(
        Map.of(
            "state", StringValue.of(CachedRegionModel.copyState(firmware, core, part)),
            "holds", content(part, valid ? firmware.content(core) : NOTHING)));
  }

  private Value references() {
    Map<String, Value> references = new LinkedHashMap<>();
    for (int core = 0; core < model.cores().size(); core++) {
      references.put(model.cores().get(core), IntValue.of(firmware.references(core)));
    }
    return Values.record(references);
  }

  private Value held() {
    Map<String, Value> held = new LinkedHashMap<>();
    for (int block = 0; block < model.blocks().size(); block++) {
      boolean holds = firmware.isHeld(block);
      held.put(
          model.blocks().get(block),
          Values.record(
              Map.of(
                  "at", IntValue.of(holds ? firmware.line(block) : -1),
                  "bytes", IntValue.of(holds ? firmware.blockBytes(block) : 0))));
    }
    return Values.record(held);
  }

  private String result() {
    return switch (firmware.result()) {
      case CURRENT -> "-";
      case RAW -> "raw";
      case STALE -> "stale";
    };
  }

  @Override
  public String lastFault() {
    return firmware.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return CachedRegionPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return CoresPicture.draw(model.cores(), firmware.probe());
  }
}
