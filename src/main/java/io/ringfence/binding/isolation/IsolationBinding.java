package io.ringfence.binding.isolation;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Operation;
import io.ringfence.binding.RamPoint;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.isolation.IsolationFirmware;
import io.ringfence.machine.Snapshot;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's heaps and their clients, bound to {@code spec/HeapIsolation.tla}. */
public final class IsolationBinding implements BoundFirmware {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = IsolationModel.CONSTANTS;

  private final IsolationModel model;
  private final IsolationFirmware firmware;
  private final IsolationActions actions;
  private final IsolationState state;
  private final Snapshot booted;

  private IsolationBinding(IsolationModel model) {
    this.model = model;
    this.firmware = model.firmware();
    this.actions = new IsolationActions(model, firmware);
    this.state = new IsolationState(model, firmware);
    this.booted = firmware.ram().snapshot();
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws io.ringfence.binding.BindingException if a constant is missing or has no counterpart in
   *     the firmware
   */
  public static IsolationBinding open(Map<String, Value> constants, Switches switches) {
    return new IsolationBinding(IsolationModel.read(constants, switches));
  }

  @Override
  public List<String> variables() {
    return IsolationState.VARIABLES;
  }

  @Override
  public boolean start(Value[] values) {
    firmware.ram().restore(booted);
    return true;
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
  public Checkpoint checkpoint() {
    return RamPoint.of(firmware.ram());
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    RamPoint.restore(firmware.ram(), checkpoint);
  }

  @Override
  public String lastFault() {
    return firmware.trace().lastError();
  }

  @Override
  public MemoryPicture picture() {
    return IsolationPicture.draw(model, firmware);
  }
}
