package io.ringfence.binding;

import io.ringfence.machine.Ram;
import io.ringfence.machine.Snapshot;

/** A captured state of firmware that has all of its state in one RAM. */
public record RamPoint(Snapshot snapshot, long ramHash) implements BoundFirmware.Checkpoint {
  /** Captures a RAM. */
  public static RamPoint of(Ram ram) {
    return new RamPoint(ram.snapshot(), ram.contentHash());
  }

  /** Returns a RAM to a captured state, which must be one of this class. */
  public static void restore(Ram ram, BoundFirmware.Checkpoint checkpoint) {
    ram.restore(((RamPoint) checkpoint).snapshot());
  }
}
