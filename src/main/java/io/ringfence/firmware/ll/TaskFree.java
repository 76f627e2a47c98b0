package io.ringfence.firmware.ll;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code zephyr_ll_task_free(sch, task)}: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529. */
final class TaskFree extends Routine {
  /** The steps. F3 is the call of {@link TaskDone}. */
  enum At {
    F0_ENTER,
    F1_LOCK,
    F2_DECIDE,
    F4_SET_FREEING,
    F5_UNLOCK,
    F6_WAIT,
    F7_LOCK,
    F7_RELEASE,
    F7_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "zephyr_ll_task_free";

  private static final int PERIODS = 100;

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field PDATA = LAYOUT.pointer("pdata");
  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Field MUST_WAIT = LAYOUT.u32("must_wait");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;
  private final TaskSemaphores semaphores;
  private final Cpu cpu;

  TaskFree(LlPlatform platform, LlLock lock, TaskSemaphores semaphores) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
    this.semaphores = semaphores;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    int task = frame.get(TASK);
    switch (At.values()[frame.pc()]) {
      case F0_ENTER -> enter(frame, sch, task);
      case F1_LOCK -> lock.lock(frame, sch, FLAGS, At.F2_DECIDE);
      case F2_DECIDE -> decide(frame, sch, task);
      case F4_SET_FREEING -> {
        cpu.store(LlPdata.FREEING, frame.get(PDATA), 1);
        frame.go(At.F5_UNLOCK);
      }
      case F5_UNLOCK ->
          lock.unlock(frame, sch, FLAGS, frame.get(MUST_WAIT) == 0 ? At.F7_LOCK : At.F6_WAIT);
      case F6_WAIT -> {
        frame.go(At.F7_LOCK);
        platform
            .sync()
            .take(cpu.load(LlPdata.SEM_P, frame.get(PDATA)), PERIODS * LlPlatform.PERIOD_MICROS);
      }
      case F7_LOCK -> lock.lock(frame, sch, FLAGS, At.F7_RELEASE);
      case F7_RELEASE -> {
        if (platform.config().dynamicObjects()) {
          semaphores.free(task);
        }
        cpu.store(Task.PRIV_DATA, task, 0);
        platform.memory().free(frame.get(PDATA));
        frame.go(At.F7_UNLOCK);
      }
      case F7_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }

  private void enter(Frame frame, int sch, int task) {
    frame.set(PDATA, cpu.load(Task.PRIV_DATA, task));
    CoreCheck.check(platform, sch);
    if (!platform.user() && platform.inIsr()) {
      platform.tracing().error("cannot free tasks from interrupt context");
      frame.ret(-Errno.EDEADLK);
      return;
    }
    frame.go(At.F1_LOCK);
  }

  private void decide(Frame frame, int sch, int task) {
    int state = cpu.load(Task.STATE, task);
    boolean onList = state != Task.STATE_INIT && state != Task.STATE_FREE;
    boolean mustWait =
        switch (state) {
          case Task.STATE_INIT, Task.STATE_FREE, Task.STATE_QUEUED -> false;
          case Task.STATE_CANCEL -> cpu.load(LlPdata.RUN, frame.get(PDATA)) != 0;
          default -> true;
        };
    frame.set(MUST_WAIT, mustWait ? 1 : 0);
    if (onList && !mustWait) {
      frame.call(platform.kernel().function(TaskDone.NAME), At.F4_SET_FREEING, sch, task);
    } else {
      frame.go(At.F4_SET_FREEING);
    }
  }
}
