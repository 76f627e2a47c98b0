package io.ringfence.binding.domain;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's timer domain, bound to {@code spec/LlDomain.tla}. */
public final class DomainBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = DomainModel.CONSTANTS;

  private final DomainStepper stepper;
  private final DomainActions actions;
  private final DomainState state;
  private final DomainPicture picture;
  private final DomainThreadPicture threadPicture;

  private DomainBinding(DomainModel model, DomainBoot boot) {
    super(boot.firmware().ram());
    DomainThreads threads = new DomainThreads(model, boot.firmware());
    DomainMemory memory = new DomainMemory(model, boot.firmware(), threads);
    DomainDispatch dispatch = new DomainDispatch(model, threads, memory);
    this.stepper = new DomainStepper(model, boot, threads, memory, dispatch);
    this.actions = new DomainActions(model, boot.firmware(), threads, memory, dispatch, stepper);
    this.state = new DomainState(model, threads, memory);
    this.picture = new DomainPicture(model, boot.firmware(), threads, memory);
    this.threadPicture = new DomainThreadPicture(model, boot.firmware(), threads, memory);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws io.ringfence.binding.BindingException if a constant is missing or has no counterpart in
   *     the firmware
   */
  public static DomainBinding open(Map<String, Value> constants, Switches switches) {
    DomainModel model = DomainModel.read(constants, switches);
    return new DomainBinding(model, new DomainBoot(model));
  }

  @Override
  public List<String> variables() {
    return DomainState.VARIABLES;
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
    return picture.draw();
  }

  @Override
  public ThreadPicture threads() {
    return threadPicture.draw();
  }
}
