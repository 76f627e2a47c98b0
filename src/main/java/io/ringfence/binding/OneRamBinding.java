package io.ringfence.binding;

import io.ringfence.machine.Ram;
import io.ringfence.machine.Snapshot;
import io.ringfence.trace.Value;

/**
 * Firmware that has all of its state in one RAM, and starts as it is after boot. A spec with
 * several initial states overrides {@link #start} to go on from there.
 */
public abstract class OneRamBinding implements BoundFirmware {
  private final Ram ram;
  private final Snapshot booted;

  private record Point(Snapshot snapshot) implements Checkpoint {}

  /**
   * Binds firmware.
   *
   * @param ram its RAM, as it is after boot
   */
  protected OneRamBinding(Ram ram) {
    this.ram = ram;
    this.booted = ram.snapshot();
  }

  @Override
  public boolean start(Value[] values) {
    ram.restore(booted);
    return true;
  }

  @Override
  public final long ramHash() {
    return ram.contentHash();
  }

  @Override
  public final Checkpoint checkpoint() {
    return new Point(ram.snapshot());
  }

  @Override
  public final void restore(Checkpoint checkpoint) {
    ram.restore(((Point) checkpoint).snapshot());
  }
}
