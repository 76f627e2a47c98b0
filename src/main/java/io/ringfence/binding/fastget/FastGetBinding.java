package io.ringfence.binding.fastget;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.fastget.FastGetFirmware;
import io.ringfence.firmware.fastget.FastGetFirmware.Constants;
import io.ringfence.firmware.fastget.FastGetFirmware.Result;
import io.ringfence.firmware.fastget.FastGetView;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The firmware's shared copies, bound to {@code spec/FastGet.tla}. */
public final class FastGetBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = FastGetModel.CONSTANTS;

  private static final List<String> VARIABLES =
      List.of("pool", "copies", "held", "granted", "corrupt", "result");

  private final FastGetModel model;
  private final FastGetFirmware firmware;

  private FastGetBinding(FastGetModel model, FastGetFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static FastGetBinding open(Map<String, Value> constants, Switches switches) {
    FastGetModel model = FastGetModel.read(constants, switches);
    return new FastGetBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    if (!List.of("Get", "GetFails", "Put").contains(action)) {
      throw new BindingException(
          "FastGet has no action '" + action + "'; it has Get, GetFails and Put");
    }
    NamedValues given = new NamedValues(action, arguments);
    int module = given.index("m", model.modules());
    List<String> names = model.objects().stream().map(FastGetModel::name).toList();
    Constants object = model.objects().get(given.index("o", names));
    return switch (action) {
      case "Get" -> () -> Outcome.of(firmware.get(module, object));
      case "GetFails" -> () -> Outcome.of(firmware.getFails(module, object));
      default -> () -> Outcome.of(firmware.put(module, object));
    };
  }

  /** Once the system heap has a foreign block, the spec relies on nothing in memory any more. */
  @Override
  public Value[] state() {
    boolean corrupt = firmware.result() == Result.STRAY;
    FastGetView view = firmware.view();
    Map<String, Value> copies = new LinkedHashMap<>();
    for (int i = 0; i < model.heaps().size(); i++) {
      int heap = i;
      copies.put(model.heaps().get(i), counts(o -> corrupt ? 0 : view.copies(heap, o).size()));
    }
    Map<String, Value> held = new LinkedHashMap<>();
    Map<String, Value> granted = new LinkedHashMap<>();
    for (int i = 0; i < model.modules().size(); i++) {
      int module = i;
      held.put(model.modules().get(i), counts(o -> corrupt ? 0 : firmware.heldCount(module, o)));
      granted.put(model.modules().get(i), BoolValue.of(!corrupt && firmware.isGranted(module)));
    }
    return new Value[] {
      SeqValue.of(corrupt ? List.of() : pool(view)),
      Values.record(copies),
      Values.record(held),
      Values.record(granted),
      BoolValue.of(corrupt),
      result()
    };
  }

  private Value counts(ToIntFunction<Constants> count) {
    Map<String, Value> counts = new LinkedHashMap<>();
    for (Constants object : model.objects()) {
      counts.put(FastGetModel.name(object), IntValue.of(count.applyAsInt(object)));
    }
    return Values.record(counts);
  }

  private List<Value> pool(FastGetView view) {
    List<Value> pool = new ArrayList<>();
    for (FastGetView.Slot slot : view.slots()) {
      Constants object = slot.copy() == 0 ? null : view.contentAt(slot.copy());
      pool.add(
          Values.record(
              Map.of(
                  "taken",
                  BoolValue.of(slot.taken()),
                  "object",
                  StringValue.of(object == null ? "-" : FastGetModel.name(object)),
                  "heap",
                  StringValue.of(
                      slot.copy() == 0 ? "-" : model.heaps().get(view.heapOf(slot.copy()))),
                  "refs",
                  IntValue.of(slot.refCount()))));
    }
    return pool;
  }

  private Value result() {
    return StringValue.of(
        switch (firmware.result()) {
          case NONE -> "-";
          case NULL -> "NULL";
          default -> firmware.result().name().toLowerCase(Locale.ROOT);
        });
  }

  @Override
  public String lastFault() {
    return firmware.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return FastGetPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return FastGetThreadPicture.draw(model.modules(), firmware);
  }
}
