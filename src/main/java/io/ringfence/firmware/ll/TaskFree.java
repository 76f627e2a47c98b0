package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
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
    F6_TAKE,
    F7_LOCK,
    F7_CHECK,
    F7_RELEASE,
    F7_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "zephyr_ll_task_free";

  private static final int PERIODS = 100;

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  static final Field TASK = LAYOUT.pointer("task");
  static final Field PDATA = LAYOUT.pointer("pdata");
  private static final Field FLAGS = LAYOUT.u32("flags");
  static final Field MUST_WAIT = LAYOUT.u32("must_wait");
  static final Field RET = LAYOUT.s32("ret");
  private static final Field SEM = LAYOUT.pointer("sem");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;
  private final TaskSemaphores semaphores;
  private final Cpu cpu;
  private final Design design;

  TaskFree(LlPlatform platform, LlLock lock, TaskSemaphores semaphores) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
    this.semaphores = semaphores;
    this.cpu = platform.cpu();
    this.design = platform.design();
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
      case F5_UNLOCK -> {
        if (waitsLocked(frame)) {
          frame.go(At.F6_WAIT);
        } else {
          boolean waits = frame.get(MUST_WAIT) != 0;
          lock.unlock(frame, sch, FLAGS, waits ? At.F6_WAIT : At.F7_LOCK);
        }
      }
      case F6_WAIT -> {
        frame.set(SEM, cpu.load(LlPdata.SEM_P, frame.get(PDATA)));
        frame.go(At.F6_TAKE);
      }
      case F6_TAKE -> {
        frame.go(At.F7_LOCK);
        platform.sync().take(frame.get(SEM), PERIODS * LlPlatform.PERIOD_MICROS);
      }
      case F7_LOCK -> {
        frame.set(RET, frame.get(MUST_WAIT) == 0 ? 0 : frame.result());
        At next = checksWait() ? At.F7_CHECK : At.F7_RELEASE;
        if (waitsLocked(frame)) {
          frame.go(next);
        } else {
          lock.lock(frame, sch, FLAGS, next);
        }
      }
      case F7_CHECK -> check(frame, sch, task);
      case F7_RELEASE -> {
        if (hasSemaphoreOfItsOwn()) {
          semaphores.free(task);
        }
        cpu.store(Task.PRIV_DATA, task, 0);
        platform.memory().free(frame.get(PDATA));
        frame.go(At.F7_UNLOCK);
      }
      case F7_UNLOCK -> {
        // Upstream nobody looks at how the wait ended.
        frame.set(RET, 0);
        lock.unlock(frame, sch, FLAGS, At.RETURN);
      }
      case RETURN -> frame.ret(frame.get(RET));
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
    if (design.has(Fix.FREE_LOOKS_AGAIN)) {
      int pdata = cpu.load(Task.PRIV_DATA, task);
      frame.set(PDATA, pdata);
      if (pdata == 0 || cpu.load(LlPdata.FREEING, pdata) != 0) {
        unlockAndReturn(frame, sch, -Errno.EDEADLK);
        return;
      }
    }
    boolean mustWait =
        design.has(Fix.KNOW_CURRENT_TASK)
            ? isCurrent(sch, task)
            : mustWait(state, frame.get(PDATA));
    if (design.has(Fix.REFUSE_OWN_FREE) && isOwn(sch, task)) {
      unlockAndReturn(frame, sch, -Errno.EDEADLK);
      return;
    }
    frame.set(MUST_WAIT, mustWait ? 1 : 0);
    if (isOnList(state) && !mustWait) {
      frame.call(platform.kernel().function(TaskDone.NAME), At.F4_SET_FREEING, sch, task);
    } else {
      frame.go(At.F4_SET_FREEING);
    }
  }

  private boolean hasSemaphoreOfItsOwn() {
    return platform.config().dynamicObjects()
        && !design.has(Defect.SHARED_SEMAPHORE)
        && !design.has(Defect.FREE_FORGETS_RECORD);
  }

  private boolean isOnList(int state) {
    return switch (state) {
      case Task.STATE_INIT -> design.has(Defect.FREE_UNLINKS_INIT);
      case Task.STATE_FREE -> false;
      default -> true;
    };
  }

  private boolean mustWait(int state, int pdata) {
    return switch (state) {
      case Task.STATE_INIT, Task.STATE_FREE, Task.STATE_QUEUED -> false;
      case Task.STATE_CANCEL -> cpu.load(LlPdata.RUN, pdata) != 0;
      default -> true;
    };
  }

  private boolean isCurrent(int sch, int task) {
    return cpu.load(ZephyrLl.CURRENT, sch) == task;
  }

  /** Whether the caller is the callback of the task that it frees. */
  private boolean isOwn(int sch, int task) {
    int zephyrDomain = platform.zephyrDomain(cpu.load(ZephyrLl.LL_DOMAIN, sch));
    int dt = platform.domainThread(zephyrDomain, cpu.load(ZephyrLl.CORE, sch));
    return isCurrent(sch, task) && cpu.load(DomainThread.LL_THREAD, dt) == cpu.thread();
  }

  private boolean waitsLocked(Frame frame) {
    return design.has(Defect.WAITS_LOCKED) && frame.get(MUST_WAIT) != 0;
  }

  private boolean checksWait() {
    return design.has(Fix.FREE_CAN_FAIL) || design.has(Fix.PROPOSED_UNLINK_AFTER_TIMEOUT);
  }

  /** What repairs do after the wait. */
  private void check(Frame frame, int sch, int task) {
    boolean timedOut = frame.get(RET) == -Errno.EAGAIN;
    frame.go(At.F7_RELEASE);
    if (timedOut && design.has(Fix.FREE_CAN_FAIL) && isCurrent(sch, task)) {
      cpu.store(LlPdata.FREEING, frame.get(PDATA), 0);
      unlockAndReturn(frame, sch, -Errno.EAGAIN);
    } else if (timedOut
        && design.has(Fix.PROPOSED_UNLINK_AFTER_TIMEOUT)
        && cpu.load(Task.STATE, task) != Task.STATE_FREE) {
      frame.call(platform.kernel().function(TaskDone.NAME), At.F7_RELEASE, sch, task);
    }
  }

  private void unlockAndReturn(Frame frame, int sch, int value) {
    frame.set(RET, value);
    lock.unlock(frame, sch, FLAGS, At.RETURN);
  }
}
