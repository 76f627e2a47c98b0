package io.ringfence.firmware.tasks;

import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import java.util.List;

/** The threads that make calls about tasks, and the lock of the list. */
public final class TaskThreads extends StepThreads<Label> {
  private static final Layout<Label> LAYOUT =
      new Layout<>(TaskFrame.STRUCT, TaskFrame.PC, List.of(Label.values()), Label.IDLE, Label.DEAD);

  TaskThreads(TaskMachine board, int count) {
    super(board.machine, board.domain, LAYOUT, count);
  }

  /** The call that a thread is in. */
  TaskCall call(int thread) {
    return TaskCall.values()[frame(thread, TaskFrame.CALL)];
  }
}
