package io.ringfence.firmware.edf;

import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code schedule_edf_task_running(data, task)}: SOF {@code zephyr/edf_schedule.c}, 12dd726529.
 * Nobody calls it there.
 */
final class TaskRunning extends Routine {
  /** The one step. */
  enum At {
    G0_RUNNING
  }

  /** The name of the function. */
  static final String NAME = "schedule_edf_task_running";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);

  /** The first argument, which is of no use. */
  static final Field DATA = LAYOUT.pointer("data");

  private static final Field TASK = LAYOUT.pointer("task");
  private static final Struct FRAME = LAYOUT.build();

  private final EdfPlatform platform;

  TaskRunning(EdfPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
  }

  @Override
  protected void step(Frame frame) {
    platform.setState(frame.get(TASK), Task.STATE_RUNNING);
    frame.ret(0);
  }
}
