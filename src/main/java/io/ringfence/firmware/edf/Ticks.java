package io.ringfence.firmware.edf;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Ram;

/**
 * Times of 64 bits as Zephyr counts them, and what the ticks of a {@code k_timeout_t} mean with
 * {@code CONFIG_TIMEOUT_64BIT} (include/zephyr/sys_clock.h). Here a tick is a microsecond.
 */
final class Ticks {
  /** {@code K_NO_WAIT}. */
  static final long NO_WAIT = 0;

  /** {@code K_FOREVER}. */
  static final long FOREVER = -1;

  private static final long LOW = 0xffff_ffffL;

  private Ticks() {}

  static long load(Cpu cpu, int address) {
    return join(cpu.load32(address), cpu.load32(address + 4));
  }

  static void store(Cpu cpu, int address, long value) {
    cpu.store32(address, (int) value);
    cpu.store32(address + 4, (int) (value >>> Integer.SIZE));
  }

  static long peek(Ram ram, int address) {
    return join(ram.load32(address), ram.load32(address + 4));
  }

  private static long join(int low, int high) {
    return (long) high << Integer.SIZE | low & LOW;
  }

  /** {@code z_add_timeout}: negative ticks stand for a time since boot, one step below for ever. */
  static long due(long now, long ticks) {
    long sinceBoot = FOREVER - 1 - ticks;
    return sinceBoot >= 0 ? Math.max(now + 1, sinceBoot) : now + ticks;
  }
}
