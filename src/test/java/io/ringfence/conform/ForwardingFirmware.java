package io.ringfence.conform;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.Operation;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;

/** Passes everything on to another firmware; a test overrides what it wants to see or to change. */
abstract class ForwardingFirmware implements BoundFirmware {
  final BoundFirmware firmware;

  ForwardingFirmware(BoundFirmware firmware) {
    this.firmware = firmware;
  }

  @Override
  public List<String> variables() {
    return firmware.variables();
  }

  @Override
  public boolean start(Value[] values) {
    return firmware.start(values);
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    return firmware.resolve(action, arguments);
  }

  @Override
  public Value[] state() {
    return firmware.state();
  }

  @Override
  public long ramHash() {
    return firmware.ramHash();
  }

  @Override
  public Checkpoint checkpoint() {
    return firmware.checkpoint();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    firmware.restore(checkpoint);
  }

  @Override
  public String lastFault() {
    return firmware.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return firmware.picture();
  }
}
