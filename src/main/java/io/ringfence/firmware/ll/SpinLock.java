package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Kernel;
import io.ringfence.machine.Cpu;

/**
 * {@code struct k_spinlock}: a word that says who has it, as with {@code CONFIG_SPIN_VALIDATE}.
 * Whoever takes it masks the interrupts of its core.
 */
final class SpinLock {
  private final Kernel kernel;
  private final Cpu cpu;

  SpinLock(Kernel kernel) {
    this.kernel = kernel;
    this.cpu = kernel.cpu();
  }

  /** Whether a caller would spin. */
  boolean isTaken(int lock) {
    return cpu.load32(lock) != 0;
  }

  /** {@code k_spin_lock}; returns the key. */
  int lock(int lock) {
    int key = kernel.mask();
    cpu.store32(lock, cpu.thread());
    return key;
  }

  /** {@code k_spin_unlock}. */
  void unlock(int lock, int key) {
    cpu.store32(lock, 0);
    kernel.unmask(key);
  }
}
