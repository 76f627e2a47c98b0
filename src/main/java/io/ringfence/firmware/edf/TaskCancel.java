package io.ringfence.firmware.edf;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code schedule_edf_task_cancel(data, task)}: SOF {@code zephyr/edf_schedule.c}, 12dd726529. Does
 * not wait for a handler that runs.
 */
final class TaskCancel extends Routine {
  /** The steps. */
  enum At {
    C0_ENTER,
    C1_TEST,
    C2_CANCEL,
    C3_STATE
  }

  /** The name of the function. */
  static final String NAME = "schedule_edf_task_cancel";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);

  /** The first argument, which is of no use. */
  static final Field DATA = LAYOUT.pointer("data");

  /** The task. */
  static final Field TASK = LAYOUT.pointer("task");

  /** What it is going to return. */
  static final Field RET = LAYOUT.s32("ret");

  private static final Struct FRAME = LAYOUT.build();

  private final EdfPlatform platform;

  TaskCancel(EdfPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
  }

  @Override
  protected void step(Frame frame) {
    int task = frame.get(TASK);
    switch (At.values()[frame.pc()]) {
      case C0_ENTER -> {
        frame.set(RET, 0);
        frame.go(At.C1_TEST);
      }
      case C1_TEST -> test(frame, task);
      case C2_CANCEL -> {
        cancel(frame, task);
        frame.go(At.C3_STATE);
      }
      case C3_STATE -> finish(frame, task);
    }
  }

  private void test(Frame frame, int task) {
    int state = platform.state(task);
    boolean cancels =
        state == Task.STATE_QUEUED
            || state == Task.STATE_RUNNING && platform.design().has(Fix.CANCEL_DURING_RUN);
    if (!cancels) {
      frame.ret(0);
    } else if (platform.locked()) {
      cancel(frame, task);
      finish(frame, task);
    } else {
      frame.go(At.C2_CANCEL);
    }
  }

  private void cancel(Frame frame, int task) {
    int flags = platform.queue().cancel(EdfPlatform.work(task));
    frame.set(RET, platform.design().has(Defect.CANCEL_RETURNS_FLAGS) ? flags : 0);
  }

  private void finish(Frame frame, int task) {
    platform.setState(task, Task.STATE_CANCEL);
    frame.ret(frame.get(RET));
  }
}
