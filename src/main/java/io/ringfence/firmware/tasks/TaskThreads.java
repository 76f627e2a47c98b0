package io.ringfence.firmware.tasks;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import java.util.List;

/** The threads that make calls about tasks, and the lock of the list. */
public final class TaskThreads extends StepThreads<Label> {
  private static final Layout<Label> LAYOUT =
      new Layout<>(TaskFrame.STRUCT, TaskFrame.PC, List.of(Label.values()), Label.IDLE, Label.DEAD);

  private final Design design;

  TaskThreads(TaskMachine board, Design design, int count) {
    super(board.machine, board.domain, LAYOUT, count);
    this.design = design;
  }

  /**
   * Ends a thread, as Zephyr does after an oops; but before, the handler of fatal errors halts,
   * whoever the thread is ({@code k_sys_fatal_error_handler}, SOF zephyr/wrapper.c, 12dd726529).
   */
  @Override
  protected void kill(int thread) {
    super.kill(thread);
    if (!design.has(Fix.OUTLIVE_USER_THREADS)) {
      halt(Why.VERIFY);
    }
  }

  /** The call that a thread is in. */
  TaskCall call(int thread) {
    return TaskCall.values()[frame(thread, TaskFrame.CALL)];
  }
}
