package io.ringfence.binding.isolation;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.isolation.IsolationFirmware;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's heaps and their clients, bound to {@code spec/HeapIsolation.tla}. */
public final class IsolationBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = IsolationModel.CONSTANTS;

  private final IsolationModel model;
  private final IsolationFirmware firmware;
  private final IsolationActions actions;
  private final IsolationState state;

  private IsolationBinding(IsolationModel model, IsolationFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
    this.actions = new IsolationActions(model, firmware);
    this.state = new IsolationState(model, firmware);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws io.ringfence.binding.BindingException if a constant is missing or has no counterpart in
   *     the firmware
   */
  public static IsolationBinding open(Map<String, Value> constants, Switches switches) {
    IsolationModel model = IsolationModel.read(constants, switches);
    return new IsolationBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return IsolationState.VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    return actions.resolve(action, new NamedValues(action, arguments));
  }

  @Override
  public Value[] state() {
    return state.read();
  }

  @Override
  public String lastFault() {
    return firmware.trace().lastError();
  }

  @Override
  public MemoryPicture picture() {
    return IsolationPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return IsolationThreadPicture.draw(model, firmware);
  }
}
