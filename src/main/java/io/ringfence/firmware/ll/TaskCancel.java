package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code zephyr_ll_task_cancel(sch, task)}: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529. */
final class TaskCancel extends Routine {
  /** The steps. */
  enum At {
    C0_ENTER,
    C1_LOCK,
    C2_CANCEL,
    C3_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "zephyr_ll_task_cancel";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  static final Field TASK = LAYOUT.pointer("task");
  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;
  private final Cpu cpu;

  TaskCancel(LlPlatform platform, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    int task = frame.get(TASK);
    switch (At.values()[frame.pc()]) {
      case C0_ENTER -> {
        CoreCheck.check(platform, sch);
        frame.go(At.C1_LOCK);
      }
      case C1_LOCK -> lock.lock(frame, sch, FLAGS, At.C2_CANCEL);
      case C2_CANCEL -> {
        cancel(sch, task);
        frame.go(At.C3_UNLOCK);
      }
      case C3_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }

  private void cancel(int sch, int task) {
    int state = cpu.load(Task.STATE, task);
    if (state == Task.STATE_FREE && platform.design().has(Defect.CANCEL_COUNTS_AGAIN)) {
      Domain.count(cpu, cpu.load(ZephyrLl.LL_DOMAIN, sch), -1);
    }
    if (isScheduled(state)) {
      cpu.store(Task.STATE, task, Task.STATE_CANCEL);
      if (platform.design().has(Defect.CANCEL_GUESSES_LAST)) {
        hook(sch);
      }
    } else if (platform.design().has(Defect.CANCEL_UNLISTED)) {
      cpu.store(Task.STATE, task, Task.STATE_CANCEL);
      ListItem.delete(cpu, Task.LIST.in(task));
    }
  }

  /**
   * The timer domain has no hook for a task that is cancelled. This is that of the DMA domain
   * before b185ffa6b8: the interrupts have ended with the pipeline, and it gives the tick in which
   * the task is taken off the list, if it takes that for the last one.
   */
  private void hook(int sch) {
    int zephyrDomain = platform.zephyrDomain(cpu.load(ZephyrLl.LL_DOMAIN, sch));
    KTimer.stop(cpu, cpu.load(ZephyrDomain.TIMER, zephyrDomain));
    if (cpu.load(ZephyrLl.N_TASKS, sch) - 1 == 0) {
      int dt = platform.domainThread(zephyrDomain, cpu.load(ZephyrLl.CORE, sch));
      platform.sync().give(cpu.load(DomainThread.SEM, dt));
    }
  }

  private boolean isScheduled(int state) {
    return switch (state) {
      case Task.STATE_INIT -> platform.design().has(Defect.CANCEL_INIT);
      case Task.STATE_FREE -> platform.design().has(Defect.CANCEL_FREE);
      default -> true;
    };
  }
}
