package io.ringfence.firmware.ll;

import io.ringfence.firmware.Fix;

/**
 * With the repair {@code R-131}: the spin lock that the timer callback holds, so that nobody starts
 * or stops the timer meanwhile. In the kernel build it is the lock of the domain. An interrupt
 * cannot take the mutex of the user build, which has a spin lock of its own for this.
 */
final class CallbackLock {
  private final LlPlatform platform;
  private final SpinLock spinLock;
  private final boolean exists;

  CallbackLock(LlPlatform platform) {
    this.platform = platform;
    this.spinLock = new SpinLock(platform.kernel());
    this.exists = platform.design().has(Fix.LOCK_IN_CALLBACK);
  }

  private int address(int domain) {
    return platform.user()
        ? ZephyrDomain.CALLBACK_LOCK.in(platform.zephyrDomain(domain))
        : LlScheduleDomain.LOCK.in(domain);
  }

  /** Whether a caller would spin. */
  boolean spins(int domain) {
    return exists && spinLock.isTaken(address(domain));
  }

  /** The callback takes the lock, which is free. */
  void enter(int domain) {
    if (exists) {
      spinLock.lock(address(domain));
    }
  }

  /** The callback releases the lock; interrupts do not nest, so no key is kept. */
  void leave(int domain) {
    if (exists) {
      spinLock.unlock(address(domain), 0);
    }
  }
}
