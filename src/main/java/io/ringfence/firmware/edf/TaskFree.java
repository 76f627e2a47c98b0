package io.ringfence.firmware.edf;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code schedule_edf_task_free(data, task)}: SOF {@code zephyr/edf_schedule.c}, 12dd726529, which
 * begins at F3.
 */
final class TaskFree extends Routine {
  /** The steps. */
  enum At {
    F0_ENTER,
    F1_CANCEL,
    F3_STATE,
    F4_CLEAR
  }

  /** The name of the function. */
  static final String NAME = "schedule_edf_task_free";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);

  /** The first argument, which is of no use. */
  static final Field DATA = LAYOUT.pointer("data");

  /** The task. */
  static final Field TASK = LAYOUT.pointer("task");

  private static final Field SYNC = LAYOUT.struct("sync", WorkQueue.CANCELLER_STRUCT);
  private static final Struct FRAME = LAYOUT.build();

  private final EdfPlatform platform;
  private final Cpu cpu;

  TaskFree(EdfPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int task = frame.get(TASK);
    switch (At.values()[frame.pc()]) {
      case F0_ENTER -> enter(frame, task);
      case F1_CANCEL -> {
        boolean pending = platform.queue().cancelSync(EdfPlatform.work(task), frame.in(SYNC));
        boolean again = pending && platform.design().has(Fix.CANCEL_UNTIL_IDLE);
        frame.go(again ? At.F1_CANCEL : At.F3_STATE);
      }
      case F3_STATE -> {
        platform.setState(task, Task.STATE_FREE);
        frame.go(At.F4_CLEAR);
      }
      case F4_CLEAR -> {
        cpu.store(Task.RUN, task, 0);
        cpu.store(Task.DATA, task, 0);
        frame.ret(0);
      }
    }
  }

  private void enter(Frame frame, int task) {
    if (platform.design().has(Fix.NO_FREE_IN_OWN_CALLBACK) && isHandledByCaller(task)) {
      frame.ret(-Errno.EDEADLK);
    } else {
      frame.go(platform.design().has(Fix.FREE_CANCELS_WORK) ? At.F1_CANCEL : At.F3_STATE);
    }
  }

  /** Whether the caller is the thread of the queue, and in the handler of this task. */
  private boolean isHandledByCaller(int task) {
    Kernel kernel = platform.kernel();
    return kernel.frames(cpu.thread()).stream()
        .anyMatch(
            frame ->
                kernel.routineOf(frame) instanceof WorkHandler
                    && cpu.ram().load32(WorkHandler.WORK.in(frame)) == EdfPlatform.work(task));
  }
}
