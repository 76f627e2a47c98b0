package io.ringfence.binding.regions;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.regions.RegionAttacker;
import io.ringfence.firmware.regions.RegionFirmware;
import io.ringfence.firmware.regions.RegionThread;
import io.ringfence.firmware.regions.RegionView;
import io.ringfence.machine.Field;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The firmware's virtual region and its clients, bound to {@code spec/VirtualRegion.tla}. */
public final class RegionsBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = RegionsModel.CONSTANTS;

  private static final String NONE = "-";
  private static final int LINE = 64;
  private static final int MOST_LINES = 1 << 26;

  private static final List<String> VARIABLES =
      List.of(
          "control", "pages", "context", "refs", "count", "mode", "used", "limit", "frees", "held",
          "taking", "pc", "forged", "stopped", "result");

  private static final List<String> ALIASES = List.of("cached", "uncached");
  private static final List<String> FAILING = List.of(NONE, "control", "pages", "context");

  private final RegionsModel model;
  private final RegionFirmware firmware;
  private final RegionView view;

  private RegionsBinding(RegionsModel model, RegionFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
    this.view = firmware.view();
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static RegionsBinding open(Map<String, Value> constants, Switches switches) {
    RegionsModel model = RegionsModel.read(constants, switches);
    return new RegionsBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Create" -> {
        RegionFirmware.Failing failing =
            RegionFirmware.Failing.values()[given.index("failing", FAILING)];
        yield () -> Outcome.of(firmware.create(failing));
      }
      case "Bind" -> () -> Outcome.of(firmware.bind());
      case "Alloc" -> {
        int slot = slot(given);
        int lines = given.number("n", 1, MOST_LINES);
        yield () -> Outcome.of(firmware.alloc(slot, lines));
      }
      case "AllocBegin" -> {
        int slot = slot(given);
        int lines = given.number("n", 1, MOST_LINES);
        yield () -> Outcome.of(firmware.find(slot, lines));
      }
      case "AllocEnd" -> byThread(given, firmware::take);
      case "AllocOdd" -> {
        int slot = slot(given);
        yield () -> Outcome.of(firmware.allocOdd(slot));
      }
      case "Free" -> {
        int slot = slot(given);
        boolean cached = given.index("alias", ALIASES) == 0;
        yield () -> Outcome.of(firmware.free(slot, cached));
      }
      case "FreeForeign" -> byThread(given, firmware::freeForeign);
      case "SetInterim" -> () -> Outcome.of(firmware.setInterim());
      case "Drop" -> byThread(given, firmware::drop);
      case "FreePages" -> byThread(given, firmware::freePages);
      case "FreeControl" -> byThread(given, firmware::freeControl);
      case "FreeContext" -> byThread(given, firmware::freeContext);
      case "Forge" -> {
        RegionAttacker.Target target =
            RegionAttacker.Target.values()[given.index("w", names(RegionAttacker.Target.values()))];
        yield () -> Outcome.of(firmware.forge(target));
      }
      case "UserFree" -> {
        int slot = slot(given);
        RegionAttacker.Named named =
            RegionAttacker.Named.values()[given.index("p", names(RegionAttacker.Named.values()))];
        yield () -> Outcome.of(firmware.userFree(slot, named));
      }
      default -> throw new BindingException("VirtualRegion has no action '" + action + "'");
    };
  }

  private static Operation byThread(NamedValues given, Function<RegionThread, Boolean> operation) {
    RegionThread thread = RegionThread.values()[given.index("t", names(RegionThread.values()))];
    return () -> Outcome.of(operation.apply(thread));
  }

  private int slot(NamedValues given) {
    return given.index("s", model.slots());
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(RegionsBinding::name).toList();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Value[] state() {
    return new Value[] {
      BoolValue.of(view.isControlLive()),
      BoolValue.of(view.arePagesMapped()),
      text(view.context() == RegionView.Context.NONE ? null : view.context()),
      refs(),
      IntValue.of(view.get(Vregion.USE_COUNT)),
      StringValue.of(mode()),
      lines(Vregion.LIFETIME_USED),
      lines(Vregion.LIFETIME_SIZE),
      IntValue.of(view.get(Vregion.LIFETIME_FREES)),
      held(),
      threads(this::taking),
      threads(thread -> StringValue.of(name(view.step(thread)))),
      text(view.forged()),
      StringValue.of(view.stopped() == Why.NOTHING ? NONE : view.stopped().ofSpec().name()),
      text(view.result() == RegionFirmware.Result.NONE ? null : view.result())
    };
  }

  private static Value text(@Nullable Enum<?> value) {
    String name = value == null ? NONE : name(value);
    return StringValue.of("null".equals(name) ? "NULL" : name);
  }

  private String mode() {
    Vregion.Mode mode = view.mode();
    return mode == null ? NONE : mode.name();
  }

  private Value lines(Field field) {
    return IntValue.of(view.get(field) >>> 6);
  }

  private Value refs() {
    return SetValue.of(
        Arrays.stream(RegionThread.values())
            .filter(thread -> view.region(thread) != 0)
            .map(thread -> (Value) StringValue.of(name(thread)))
            .toList());
  }

  private Value held() {
    Map<String, Value> held = new LinkedHashMap<>();
    for (int slot = 0; slot < view.slots(); slot++) {
      int pointer = view.pointer(slot);
      held.put(
          model.slots().get(slot),
          Values.record(
              Map.of(
                  "at", IntValue.of(pointer == 0 ? 0 : view.offset(pointer) / LINE),
                  "lines", IntValue.of(view.lines(slot)))));
    }
    return Values.record(held);
  }

  private Value taking(RegionThread thread) {
    int found = view.found(thread);
    return Values.record(
        Map.of(
            "slot", StringValue.of(found == 0 ? NONE : model.slots().get(view.takingSlot(thread))),
            "at", IntValue.of(found == 0 ? 0 : view.offset(found) / LINE),
            "lines", IntValue.of(view.foundLines(thread))));
  }

  private static Value threads(Function<RegionThread, Value> of) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (RegionThread thread : RegionThread.values()) {
      values.put(name(thread), of.apply(thread));
    }
    return Values.record(values);
  }

  @Override
  public String lastFault() {
    return firmware.lastLog();
  }

  @Override
  public MemoryPicture picture() {
    return RegionsPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return RegionThreadPicture.draw(firmware);
  }
}
