package io.ringfence.binding.domain;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.domain.DomainClients;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.thread.KThread;

/** The firmware as it is when the spec begins: each core has its scheduler, and no task. */
final class DomainBoot {
  static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();

  private final DomainModel model;
  private final DomainTrace trace = new DomainTrace();
  private final LlFirmware firmware;

  DomainBoot(DomainModel model) {
    this.model = model;
    this.firmware = new LlFirmware(model.config(), trace, new DomainClients());
    for (int core = 0; core < DomainModel.CORES; core++) {
      require(firmware.schedulerInit(boot(core), LL_TIMER));
      for (int i = 0; i < model.maxTasks(); i++) {
        initTask(core, model.taskOf(core, i));
      }
    }
    for (String starter : model.starters()) {
      initTask(DomainModel.core(starter), model.taskOf(starter));
    }
    if (model.user()) {
      grantLocks(firmware.thread(model.indexOf(DomainModel.IPC)));
    }
    firmware.ram().freeze();
  }

  private void initTask(int core, int task) {
    require(firmware.taskInit(boot(core), firmware.task(task), LL_TIMER, 0, core));
  }

  private int boot(int core) {
    return firmware.thread(model.bootThread(core));
  }

  /**
   * {@code user_ll_grant_access()}: as merged for the primary core only. The lock of the domain is
   * granted here as well, which R-85 asks for.
   */
  private void grantLocks(int ipc) {
    firmware.grantLock(boot(0), ipc, 0);
    if (model.design().has(Fix.GRANT_EACH_LL_LOCK)) {
      firmware.grantLock(boot(0), ipc, 1);
    }
    int lock = firmware.ram().load32(LlScheduleDomain.LOCK.in(firmware.domain(LL_TIMER)));
    firmware.sync().objects().grant(lock, KThread.get(firmware.ram(), ipc, KThread.ID));
  }

  private static void require(int status) {
    if (status != 0) {
      throw new IllegalStateException("boot ends with status " + status);
    }
  }

  LlFirmware firmware() {
    return firmware;
  }

  DomainTrace trace() {
    return trace;
  }
}
