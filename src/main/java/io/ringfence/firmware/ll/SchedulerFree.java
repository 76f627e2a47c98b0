package io.ringfence.firmware.ll;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_ll_scheduler_free(sch, flags)} of test builds: SOF {@code
 * src/schedule/zephyr_ll.c}, 12dd726529. The user build frees the lock while the LL thread can
 * still own it; with the repair {@code O-42} it takes the lock and ends the thread before.
 */
final class SchedulerFree extends Routine {
  /** The steps. */
  enum At {
    Y0_ENTER,
    Y0_TAKE_LOCK,
    Y1_FREE_LOCK,
    Y2_FREE_THREAD,
    Y3_FREE
  }

  /** The name of the function. */
  static final String NAME = "zephyr_ll_scheduler_free";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final Cpu cpu;
  private final boolean threadFirst;

  SchedulerFree(LlPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
    this.cpu = platform.cpu();
    this.threadFirst = platform.user() && platform.design().has(Fix.THREAD_BEFORE_LOCK);
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case Y0_ENTER -> {
        CoreCheck.check(platform, sch);
        frame.go(threadFirst ? beforeThread() : At.Y1_FREE_LOCK);
      }
      case Y0_TAKE_LOCK -> {
        frame.go(At.Y2_FREE_THREAD);
        platform.sync().lock(cpu.load(ZephyrLl.LOCK, sch));
      }
      case Y1_FREE_LOCK -> {
        if (platform.user()) {
          int core = cpu.load(ZephyrLl.CORE, sch);
          cpu.store32(platform.machine().element("zephyr_ll_locks", core), 0);
          platform.memory().freeObject(cpu.load(ZephyrLl.LOCK, sch));
        }
        frame.go(threadFirst ? At.Y3_FREE : At.Y2_FREE_THREAD);
      }
      case Y2_FREE_THREAD -> freeThread(frame, sch);
      case Y3_FREE -> {
        platform.memory().free(sch);
        frame.ret(0);
      }
    }
  }

  private At beforeThread() {
    return DomainThreadFree.locksInside(platform) ? At.Y2_FREE_THREAD : At.Y0_TAKE_LOCK;
  }

  private void freeThread(Frame frame, int sch) {
    int tasks = cpu.load(ZephyrLl.N_TASKS, sch);
    if (tasks != 0) {
      platform.tracing().error("tasks are still active");
    }
    if (!platform.user()) {
      frame.go(At.Y3_FREE);
      return;
    }
    int domain = cpu.load(ZephyrLl.LL_DOMAIN, sch);
    int ops = cpu.load(LlScheduleDomain.OPS, domain);
    frame.call(
        cpu.load(DomainOps.DOMAIN_THREAD_FREE, ops),
        threadFirst ? At.Y1_FREE_LOCK : At.Y3_FREE,
        domain,
        tasks);
  }
}
