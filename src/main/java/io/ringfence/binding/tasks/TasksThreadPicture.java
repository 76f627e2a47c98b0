package io.ringfence.binding.tasks;

import io.ringfence.binding.StepThreadsDrawing;
import io.ringfence.binding.ThreadDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.tasks.TaskCall;
import io.ringfence.firmware.tasks.TaskFirmware;
import io.ringfence.firmware.tasks.TaskFrame;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import io.ringfence.firmware.tasks.TaskRecords;
import io.ringfence.firmware.tasks.TaskThreads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws the threads that make calls about tasks: those of user space, and those of the kernel that
 * bring messages. Unfixed, no mutex guards the list of semaphores, and nobody is ever seen with it.
 */
final class TasksThreadPicture {
  private static final String MUTEX = "lock of the semaphore list";

  private final TasksModel model;
  private final TaskFirmware firmware;
  private final TaskThreads threads;

  private TasksThreadPicture(TasksModel model, TaskFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.threads = firmware.threads();
  }

  static ThreadPicture draw(TasksModel model, TaskFirmware firmware) {
    return model.threads().size() < 2 && model.maxForgeries() == 0
        ? ThreadPicture.NONE
        : new TasksThreadPicture(model, firmware).draw();
  }

  private ThreadPicture draw() {
    ThreadDrawing drawing = StepThreadsDrawing.begin(model.threads(), threads, MUTEX);
    for (int core = 0; core < model.coreCount(); core++) {
      drawing.lock(lockOf(core), LockKind.MUTEX, holder(core));
    }
    return StepThreadsDrawing.addThreads(
            drawing,
            model.threads(),
            threads,
            this::mode,
            this::taking,
            thread -> TaskCall.values()[threads.frame(thread, TaskFrame.CALL)].text(),
            model.maxForgeries() > 0)
        .draw(List.of(list(firmware.records())), List.of());
  }

  private static String lockOf(int core) {
    return "DP lock of core " + core;
  }

  /** A semaphore has no owner: it is the thread that is going to give it. */
  private @Nullable String holder(int core) {
    for (int i = 0; i < model.threads().size(); i++) {
      if (firmware.view().isLocked(core)
          && threads.label(i) == Label.UNLOCK
          && threads.frame(i, TaskFrame.CORE) == core) {
        return model.threads().get(i);
      }
    }
    return null;
  }

  private Mode mode(int thread) {
    return model.isKernel(thread) ? Mode.KERNEL : Mode.USER;
  }

  private String taking(int thread) {
    return switch (threads.label(thread)) {
      case MAKE, FIND -> MUTEX;
      case LOCK -> lockOf(threads.frame(thread, TaskFrame.CORE));
      default -> "";
    };
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
