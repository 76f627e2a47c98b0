package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.machine.Cpu;

/**
 * When an unregistration lowers the number of tasks of the domain and clears the handler of the
 * core. As merged, the number is lowered before the operation of the domain, which need not return
 * ({@code domain_unregister()}). With {@code B-42} the operation does it after its test, with
 * {@code B-43} the caller does after the operation. The user build is younger than these bugs.
 */
public final class LateUpdates {
  private final Cpu cpu;
  private final boolean afterTest;
  private final boolean afterAbort;
  private final boolean handlerStays;

  /** Reads the design. */
  public LateUpdates(LlPlatform platform) {
    Design design = platform.design();
    this.cpu = platform.cpu();
    this.afterTest = !platform.user() && design.has(Defect.TEST_BEFORE_COUNT);
    this.afterAbort = !platform.user() && design.has(Defect.UPDATE_AFTER_ABORT);
    this.handlerStays = design.has(Defect.HANDLER_STAYS);
  }

  /** {@code domain_unregister()} is called. */
  public void beforeCall(int domain) {
    if (!afterTest && !afterAbort) {
      Domain.count(cpu, domain, -1);
    }
  }

  /** The operation finds that the core has tasks left. */
  void tasksLeft(int domain) {
    if (afterTest || afterAbort) {
      Domain.count(cpu, domain, -1);
    }
  }

  /** Whether no core has tasks left. */
  boolean isLast(int domain) {
    return cpu.load(LlScheduleDomain.TOTAL_NUM_TASKS, domain) == (afterAbort ? 1 : 0);
  }

  /** The last task of the core goes, and its LL thread is to be aborted. */
  void beforeAbort(int domain, int dt) {
    if (afterTest) {
      Domain.count(cpu, domain, -1);
    }
    if (!afterAbort && !handlerStays) {
      cpu.store(DomainThread.HANDLER, dt, 0);
    }
  }

  /** The LL thread was aborted by another one. */
  void afterAbort(int domain, int dt) {
    if (afterAbort) {
      Domain.count(cpu, domain, -1);
      cpu.store(DomainThread.HANDLER, dt, 0);
    }
  }
}
