package io.ringfence.binding.component;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.component.ComponentFirmware;
import io.ringfence.firmware.component.ComponentView;
import io.ringfence.firmware.component.Failing;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's shared components, bound to {@code spec/SharedComponent.tla}. */
public final class ComponentBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = Set.of("Variant", "Fixes", "Defects", "Driver");

  private static final List<String> VARIABLES =
      List.of("comp", "task", "buffers", "lost", "orphans", "result");
  private static final List<String> DRIVERS = List.of("module", "native");
  private static final List<String> FAILINGS =
      Arrays.stream(Failing.values()).map(Failing::text).toList();

  private final ComponentFirmware firmware;
  private final ComponentView view;

  private ComponentBinding(ComponentFirmware firmware) {
    super(firmware.ram());
    this.firmware = firmware;
    this.view = firmware.view();
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static ComponentBinding open(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("SharedComponent", values);
    return new ComponentBinding(
        new ComponentFirmware(
            Designs.read(constants, switches), constants.index("Driver", DRIVERS) == 0));
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Create" -> () -> Outcome.of(firmware.create());
      case "Prepare" -> {
        Failing failing = Failing.values()[given.index("failing", FAILINGS)];
        yield () -> Outcome.of(firmware.prepare(failing));
      }
      case "Start" -> () -> Outcome.of(firmware.start());
      case "Stop" -> () -> Outcome.of(firmware.stop());
      case "Reset" -> () -> Outcome.of(firmware.reset());
      case "Free" -> () -> Outcome.of(firmware.free());
      case "Tick" -> {
        boolean error = given.bool("error");
        yield () -> Outcome.of(firmware.tick(error));
      }
      default -> throw new BindingException("SharedComponent has no action '" + action + "'");
    };
  }

  @Override
  public Value[] state() {
    int task = view.task();
    return new Value[] {
      StringValue.of(ComponentNames.component(view)),
      Values.record(
          Map.of(
              "exists", BoolValue.of(task != 0),
              "state", StringValue.of(task == 0 ? "INIT" : ComponentNames.task(view, task)))),
      StringValue.of(ComponentNames.buffers(view)),
      IntValue.of(view.lost().size()),
      IntValue.of(view.orphans()),
      StringValue.of(ComponentNames.result(view))
    };
  }

  @Override
  public String lastFault() {
    return firmware.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return ComponentPicture.draw(view);
  }

  @Override
  public ThreadPicture threads() {
    return ComponentThreadPicture.draw(firmware);
  }
}
