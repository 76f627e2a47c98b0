package io.ringfence.binding.ll;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's LL scheduler, bound to {@code spec/LlScheduler.tla}. */
public final class LlBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = LlModel.CONSTANTS;

  private final LlModel model;
  private final LlFirmware firmware;
  private final LlStepper stepper;
  private final LlActions actions;
  private final LlState state;
  private final LlTrace trace;
  private final LlNames names;

  private LlBinding(LlModel model, LlBoot boot) {
    super(boot.firmware().ram());
    this.model = model;
    this.firmware = boot.firmware();
    this.trace = boot.trace();
    this.names = new LlNames(model, firmware, trace);
    this.stepper = new LlStepper(model, firmware, trace, names.scheduler());
    this.actions = new LlActions(model, stepper);
    this.state = new LlState(model, firmware, trace, stepper, names);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws io.ringfence.binding.BindingException if a constant is missing or has no counterpart in
   *     the firmware
   */
  public static LlBinding open(Map<String, Value> constants, Switches switches) {
    LlModel model = LlModel.read(constants, switches);
    return new LlBinding(model, new LlBoot(model));
  }

  @Override
  public List<String> variables() {
    return LlState.VARIABLES;
  }

  @Override
  public Set<String> unused() {
    return firmware.knowsCurrentTask() ? Set.of() : Set.of(LlState.CURRENT);
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    return actions.resolve(action, arguments);
  }

  @Override
  public Value[] state() {
    return state.read();
  }

  @Override
  public String lastFault() {
    return stepper.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return LlPicture.draw(model, firmware, trace, names);
  }

  @Override
  public ThreadPicture threads() {
    return LlThreadPicture.draw(model, firmware, stepper, names);
  }
}
