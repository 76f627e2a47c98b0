package io.ringfence.binding.ll;

import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.thread.KThread;

/** The firmware as it is when the spec begins: the scheduler is registered, clients are there. */
final class LlBoot {
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();
  private static final int BOOTSTRAP_PRIORITY = 0;

  private final LlModel model;
  private final LlTrace trace;
  private final LlFirmware firmware;

  LlBoot(LlModel model) {
    this.model = model;
    this.trace = new LlTrace(model);
    this.firmware = new LlFirmware(model.config(), trace);
    trace.attach(firmware.machine());
    int boot = firmware.thread(model.clients().size());
    require(firmware.schedulerInit(boot, LL_TIMER));
    if (model.user()) {
      grantLocks(boot);
    }
    if (model.user() && model.prepared()) {
      makeThread(boot);
    }
    firmware.ram().freeze();
  }

  /** User clients may lock the scheduler, and its domain (R-85 is repaired here). */
  private void grantLocks(int boot) {
    int domainLock = firmware.ram().load32(LlScheduleDomain.LOCK.in(firmware.domain(LL_TIMER)));
    for (int i = 0; i < model.clients().size(); i++) {
      int client = firmware.thread(i);
      firmware.grantLock(boot, client, 0);
      firmware.sync().objects().grant(domainLock, KThread.get(firmware.ram(), client, KThread.ID));
    }
  }

  /** {@code scheduler_init_context()} of a bootstrap task, as IPC initialization does. */
  private void makeThread(int boot) {
    int bootstrap = firmware.task(model.tasks().size());
    require(firmware.taskInit(boot, bootstrap, LL_TIMER, BOOTSTRAP_PRIORITY, 0));
    firmware.operate(boot, ScheduleOperation.INIT_CONTEXT, bootstrap, 0);
    while (!firmware.kernel().isIdle(boot)) {
      firmware.kernel().step(boot);
    }
  }

  private static void require(int status) {
    if (status != 0) {
      throw new IllegalStateException("boot ends with status " + status);
    }
  }

  LlTrace trace() {
    return trace;
  }

  LlFirmware firmware() {
    return firmware;
  }
}
