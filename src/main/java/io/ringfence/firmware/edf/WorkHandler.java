package io.ringfence.firmware.edf;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code edf_work_handler(work)}: SOF {@code zephyr/edf_schedule.c}, 12dd726529. */
final class WorkHandler extends Routine {
  /** The steps. While a callback runs, its own frame is on top. */
  enum At {
    E1_RUNNING,
    E2_CALL,
    E3_STORE,
    E4_DECIDE,
    E5_SUBMIT,
    E6_QUEUED,
    E5_COMPLETE,
    E6_COMPLETED,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "edf_work_handler";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);

  /** The argument. */
  static final Field WORK = LAYOUT.pointer("work");

  /** What the run callback returned: a task state. */
  static final Field RESULT = LAYOUT.u32("result");

  /** Whether nothing is to be stored after the completion callback. */
  static final Field KEPT = LAYOUT.u32("kept");

  private static final Struct FRAME = LAYOUT.build();

  private final EdfPlatform platform;
  private final Cpu cpu;

  WorkHandler(EdfPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int task = EdfTask.WORK.container(frame.get(WORK));
    switch (At.values()[frame.pc()]) {
      case E1_RUNNING -> begin(frame, task);
      case E2_CALL -> {
        int run = cpu.load(Task.RUN, task);
        platform.check(run != 0, "the task must have a callback");
        frame.call(run, At.E3_STORE, cpu.load(Task.DATA, task));
      }
      case E3_STORE -> {
        frame.set(RESULT, frame.result());
        store(frame, task);
      }
      case E4_DECIDE -> decide(frame, task);
      case E5_SUBMIT -> submit(frame, task);
      case E6_QUEUED -> {
        platform.setState(task, Task.STATE_QUEUED);
        frame.ret(0);
      }
      case E5_COMPLETE -> complete(frame, task);
      case E6_COMPLETED -> {
        platform.setState(task, Task.STATE_COMPLETED);
        if (storesFirst()) {
          frame.go(At.E5_COMPLETE);
        } else {
          frame.ret(0);
        }
      }
      case RETURN -> frame.ret(0);
    }
  }

  private boolean storesFirst() {
    return platform.design().has(Fix.STATE_BEFORE_COMPLETE);
  }

  private void begin(Frame frame, int task) {
    if (platform.design().has(Fix.SKIP_CANCELLED) && platform.state(task) == Task.STATE_CANCEL) {
      frame.ret(0);
      return;
    }
    platform.setState(task, Task.STATE_RUNNING);
    frame.go(At.E2_CALL);
  }

  private void store(Frame frame, int task) {
    boolean completes = frame.get(RESULT) != Task.STATE_RESCHEDULE;
    if (keeps(task)) {
      keep(task);
      frame.set(KEPT, 1);
      if (completes) {
        frame.go(At.E5_COMPLETE);
      } else {
        frame.ret(0);
      }
    } else if (platform.locked()) {
      if (completes && storesFirst()) {
        platform.setState(task, Task.STATE_COMPLETED);
        frame.set(KEPT, 1);
      }
      frame.go(completes ? At.E5_COMPLETE : At.E5_SUBMIT);
    } else {
      platform.setState(task, frame.get(RESULT));
      frame.go(At.E4_DECIDE);
    }
  }

  /** Reads back what it stored. */
  private void decide(Frame frame, int task) {
    if (platform.state(task) == Task.STATE_RESCHEDULE) {
      frame.go(At.E5_SUBMIT);
    } else {
      frame.go(storesFirst() ? At.E6_COMPLETED : At.E5_COMPLETE);
    }
  }

  private void submit(Frame frame, int task) {
    if (platform.locked() && keeps(task)) {
      keep(task);
      frame.ret(0);
      return;
    }
    platform.queue().reschedule(EdfPlatform.work(task), ticksToDeadline(task));
    if (platform.locked()) {
      platform.setState(task, Task.STATE_QUEUED);
      frame.ret(0);
    } else {
      frame.go(At.E6_QUEUED);
    }
  }

  /** Computes with unsigned numbers, and lets the result be taken for signed ticks. */
  private long ticksToDeadline(int task) {
    int callback = cpu.load(Task.GET_DEADLINE, task);
    platform.check(callback != 0, "the task must have a deadline callback");
    DeadlineCallback getDeadline = (DeadlineCallback) platform.kernel().fetch(callback);
    long deadline = getDeadline.deadline();
    long now = platform.timeouts().now();
    return Long.compareUnsigned(deadline, now) > 0 ? deadline - now : Ticks.NO_WAIT;
  }

  private void complete(Frame frame, int task) {
    At next = storesFirst() || frame.get(KEPT) != 0 ? At.RETURN : At.E6_COMPLETED;
    int callback = cpu.load(Task.COMPLETE, task);
    if (callback == 0) {
      frame.go(next);
    } else {
      frame.call(callback, next, cpu.load(Task.DATA, task));
    }
  }

  /** Whether the state says something that came during the run. */
  private boolean keeps(int task) {
    return isCancelled(task)
        || platform.design().has(Fix.KEEP_SCHEDULED)
            && platform.queue().isPending(EdfPlatform.work(task));
  }

  private boolean isCancelled(int task) {
    return platform.design().has(Fix.CANCEL_DURING_RUN)
        && platform.state(task) == Task.STATE_CANCEL;
  }

  private void keep(int task) {
    if (!isCancelled(task)) {
      platform.setState(task, Task.STATE_QUEUED);
    }
  }
}
