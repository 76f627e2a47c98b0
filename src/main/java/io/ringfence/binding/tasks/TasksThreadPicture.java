package io.ringfence.binding.tasks;

import io.ringfence.binding.StepThreadsDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.firmware.tasks.TaskCall;
import io.ringfence.firmware.tasks.TaskFirmware;
import io.ringfence.firmware.tasks.TaskFrame;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import io.ringfence.firmware.tasks.TaskRecords;
import io.ringfence.firmware.tasks.TaskThreads;
import java.util.List;
import java.util.Set;

/**
 * Draws the threads that make system calls about tasks. Unfixed, no mutex guards the list of
 * semaphores, and nobody is ever seen with it.
 */
final class TasksThreadPicture {
  private TasksThreadPicture() {}

  static ThreadPicture draw(TasksModel model, TaskFirmware firmware) {
    if (model.threads().size() < 2) {
      return ThreadPicture.NONE;
    }
    TaskThreads threads = firmware.threads();
    return StepThreadsDrawing.draw(
            model.threads(),
            threads,
            "lock of the semaphore list",
            Set.of(Label.MAKE, Label.FIND),
            thread -> TaskCall.values()[threads.frame(thread, TaskFrame.CALL)].text())
        .draw(List.of(list(firmware.records())), List.of());
  }

  private static ItemList list(TaskRecords records) {
    return new ItemList(
        "semaphore list",
        records.records().stream()
            .map(ts -> new Item("semaphore " + records.semaphoreOf(ts), ""))
            .toList(),
        "");
  }
}
