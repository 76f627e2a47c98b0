package io.ringfence.firmware.tasks;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Ram;

/**
 * An object of the kernel that no step here has any business with: filled with a pattern that shows
 * whether somebody wrote to it.
 *
 * @param address where it is
 */
record KernelObject(Ram ram, int address) {
  /** Its size. */
  static final int BYTES = 256;

  private static final int PATTERN = 0x5a5a5a5a;

  /** Fills the object. */
  static KernelObject at(Cpu cpu, int address) {
    for (int i = 0; i < BYTES; i += 4) {
      cpu.store32(address + i, PATTERN);
    }
    return new KernelObject(cpu.ram(), address);
  }

  /** Whether it is as it was. */
  boolean isWhole() {
    for (int i = 0; i < BYTES; i += 4) {
      if (ram.load32(address + i) != PATTERN) {
        return false;
      }
    }
    return true;
  }
}
