package io.ringfence.firmware.edf;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code schedule_edf_task(data, task, start, period)}: SOF {@code zephyr/edf_schedule.c},
 * 12dd726529.
 */
final class TaskSchedule extends Routine {
  /** The steps. */
  enum At {
    S0_ENTER,
    S1_SUBMIT,
    S2_QUEUED
  }

  /** The name of the function. */
  static final String NAME = "schedule_edf_task";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);

  /** The first argument, which is of no use. */
  static final Field DATA = LAYOUT.pointer("data");

  /** The task. */
  static final Field TASK = LAYOUT.pointer("task");

  /** The delay in microseconds. */
  static final Field START = LAYOUT.u32("start");

  private static final Struct FRAME = LAYOUT.build();

  private final EdfPlatform platform;

  TaskSchedule(EdfPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
  }

  @Override
  protected void step(Frame frame) {
    int task = frame.get(TASK);
    switch (At.values()[frame.pc()]) {
      case S0_ENTER -> frame.go(stateFirst() ? At.S2_QUEUED : At.S1_SUBMIT);
      case S1_SUBMIT -> submit(frame, task);
      case S2_QUEUED -> {
        platform.setState(task, Task.STATE_QUEUED);
        if (stateFirst()) {
          frame.go(At.S1_SUBMIT);
        } else {
          frame.ret(0);
        }
      }
    }
  }

  /** Under the lock the order does not matter. */
  private boolean stateFirst() {
    return platform.design().has(Fix.STATE_BEFORE_SUBMIT) && !platform.locked();
  }

  private void submit(Frame frame, int task) {
    int work = EdfPlatform.work(task);
    if (platform.design().has(Fix.REPORT_CANCELING) && platform.queue().isCanceling(work)) {
      frame.ret(-Errno.EBUSY);
      return;
    }
    platform.queue().reschedule(work, Integer.toUnsignedLong(frame.get(START)));
    if (platform.locked()) {
      platform.setState(task, Task.STATE_QUEUED);
    }
    if (platform.locked() || stateFirst()) {
      frame.ret(0);
    } else {
      frame.go(At.S2_QUEUED);
    }
  }
}
