package io.ringfence.binding.chunks;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.chunks.ChunkFirmware;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The firmware's chunk allocator, bound to {@code spec/SysHeap.tla}. */
public final class ChunksBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = ChunksModel.CONSTANTS;

  private static final int MOST_OFFSET = 4095;
  private static final int HALF_WORD = 0xffff;

  private static final List<String> VARIABLES =
      List.of("mem", "writable", "held", "budget", "result");

  /** The fields of a chunk header, in their order. */
  private static final List<String> FIELDS =
      List.of("LEFT_SIZE", "SIZE_AND_USED", "FREE_PREV", "FREE_NEXT");

  private final ChunksModel model;
  private final ChunkFirmware firmware;
  private final HeapView view;

  private ChunksBinding(ChunksModel model, ChunkFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
    this.view = new HeapView(model, firmware);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static ChunksBinding open(Map<String, Value> constants, Switches switches) {
    ChunksModel model = ChunksModel.read(constants, switches);
    return new ChunksBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Alloc" -> {
        int slot = given.index("s", model.slots());
        int bytes = given.number("n", Integer.MIN_VALUE, Integer.MAX_VALUE);
        int align = given.number("a", 0, Integer.MAX_VALUE);
        yield () -> Outcome.of(firmware.alloc(slot, bytes, align));
      }
      case "Free" -> {
        int slot = given.index("s", model.slots());
        int offset = given.number("o", 0, MOST_OFFSET);
        yield () -> Outcome.of(firmware.free(slot, offset));
      }
      case "Overwrite" -> {
        int unit = given.number("c", 0, model.units());
        int field = given.index("field", FIELDS);
        int value = given.number("v", 0, HALF_WORD);
        yield () -> Outcome.of(firmware.overwrite(unit, field, value));
      }
      default ->
          throw new BindingException(
              "SysHeap has no action '" + action + "'; it has Alloc, Free and Overwrite");
    };
  }

  @Override
  public Value[] state() {
    return new Value[] {
      memory(), writable(), held(), IntValue.of(firmware.budget()), result(),
    };
  }

  private Value memory() {
    Set<Integer> headers = view.walk();
    Map<Value, Value> memory = new LinkedHashMap<>();
    int first = view.size(0);
    for (int unit = 0; unit < firmware.mappedUnits(); unit++) {
      boolean counts =
          !model.harmless()
              || unit < first
              || headers.contains(unit)
              || unit == firmware.kernelUnit();
      if (counts && !view.isZero(unit)) {
        boolean payload = model.harmless() && headers.contains(unit) && view.isUsed(unit);
        memory.put(IntValue.of(unit), unit(unit, payload));
      }
    }
    return Values.function(memory);
  }

  private Value unit(int unit, boolean payload) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("left", IntValue.of(view.left(unit)));
    fields.put("units", IntValue.of(view.size(unit)));
    fields.put("used", IntValue.of(view.isUsed(unit) ? 1 : 0));
    fields.put("prev", IntValue.of(payload ? 0 : view.prev(unit)));
    fields.put("next", IntValue.of(payload ? 0 : view.next(unit)));
    return Values.record(fields);
  }

  private Value writable() {
    List<Value> units = new ArrayList<>();
    for (int unit = 0; unit <= model.units(); unit++) {
      if (firmware.isWritable(unit)) {
        units.add(IntValue.of(unit));
      }
    }
    return SetValue.of(units);
  }

  private Value held() {
    Map<String, Value> held = new LinkedHashMap<>();
    for (int client = 0; client < model.slots().size(); client++) {
      boolean none = firmware.bytes(client) == 0;
      held.put(
          model.slots().get(client),
          Values.record(
              Map.of(
                  "at", IntValue.of(none ? 0 : firmware.pointer(client) - firmware.origin()),
                  "bytes", IntValue.of(firmware.bytes(client)),
                  "align", IntValue.of(firmware.align(client)),
                  "live", BoolValue.of(firmware.isLive(client)))));
    }
    return Values.record(held);
  }

  private Value result() {
    return Values.record(
        Map.of(
            "call", name(firmware.lastCall()),
            "argument", name(firmware.lastArgument()),
            "end", StringValue.of(end())));
  }

  private static Value name(Enum<?> value) {
    return StringValue.of(
        value.name().equals("NONE") ? "-" : value.name().toLowerCase(Locale.ROOT));
  }

  private String end() {
    return switch (firmware.lastWhy()) {
      case NOTHING ->
          switch (firmware.lastCall()) {
            case NONE -> "-";
            default -> firmware.lastIsNull() ? "NULL" : "done";
          };
      case VERIFY, PROTECTION -> "killed";
      default -> firmware.lastWhy().ofSpec().name();
    };
  }

  @Override
  public String lastFault() {
    return firmware.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return ChunksPicture.draw(model, firmware, view);
  }

  @Override
  public ThreadPicture threads() {
    return ChunksThreadPicture.draw(model, firmware);
  }
}
