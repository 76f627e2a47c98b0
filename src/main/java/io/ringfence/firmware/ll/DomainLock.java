package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.machine.Cpu;

/**
 * {@code domain->lock}: a spin lock, in the user build a mutex. With {@code B-45} nobody takes it.
 */
final class DomainLock {
  private final LlPlatform platform;
  private final Cpu cpu;
  private final SpinLock spinLock;
  private final boolean missing;

  DomainLock(LlPlatform platform) {
    this.platform = platform;
    this.cpu = platform.cpu();
    this.spinLock = new SpinLock(platform.kernel());
    this.missing = platform.design().has(Defect.NO_DOMAIN_LOCK);
  }

  /** Kernel build: whether a caller would spin. */
  boolean spins(int domain) {
    return !missing && spinLock.isTaken(LlScheduleDomain.LOCK.in(domain));
  }

  /** Kernel build: takes the lock, which is free, and returns the key. */
  int enter(int domain) {
    return missing
        ? cpu.load(KThread.MASKED, cpu.thread())
        : spinLock.lock(LlScheduleDomain.LOCK.in(domain));
  }

  /** Kernel build: releases the lock. */
  void leave(int domain, int key) {
    if (!missing) {
      spinLock.unlock(LlScheduleDomain.LOCK.in(domain), key);
    }
  }

  /** User build: takes the mutex; the routine goes on at its next label. */
  void lock(int domain) {
    if (!missing) {
      platform.sync().lock(cpu.load(LlScheduleDomain.LOCK, domain));
    }
  }

  /** User build: releases the mutex. */
  void unlock(int domain) {
    if (!missing) {
      platform.sync().unlock(cpu.load(LlScheduleDomain.LOCK, domain));
    }
  }
}
