package io.ringfence.binding.edf;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.edf.EdfFrame;
import io.ringfence.firmware.edf.EdfTask;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.thread.KThread;
import java.util.ArrayList;
import java.util.List;

/** Draws the tasks, the lists that their work items are in, and what each thread is doing. */
final class EdfPicture {
  private static final long UNSIGNED = 0xffff_ffffL;

  private final EdfModel model;
  private final LlFirmware firmware;
  private final EdfView view;
  private final EdfState state;

  EdfPicture(EdfModel model, LlFirmware firmware, EdfView view, EdfState state) {
    this.model = model;
    this.firmware = firmware;
    this.view = view;
    this.state = state;
  }

  MemoryPicture draw() {
    return new MemoryPicture(
        List.of(
            region("tasks", tasks()),
            region(
                "work queue",
                List.of(
                    list("edf_workq", "pending", view.edf().pending()),
                    list("timeout_list", "delayed", view.edf().delayed()))),
            region("threads", threads())));
  }

  private static MemoryPicture.Region region(String name, List<MemoryObject> objects) {
    return new MemoryPicture.Region(name, 0, 0, UserAccess.NONE, objects);
  }

  private List<MemoryObject> tasks() {
    List<MemoryObject> tasks = new ArrayList<>();
    for (int task = 0; task < model.tasks().size(); task++) {
      List<Word> words =
          view.isLive(task)
              ? List.of(
                  word("state", EdfState.stateName(view.state(task))),
                  word("ops.run", view.hasRun(task) ? "client_run" : "NULL"),
                  word("z_delayed_work.flags", String.join(", ", state.flagNames(task))))
              : List.of();
      tasks.add(
          new MemoryObject(
              model.tasks().get(task),
              "struct task",
              firmware.task(task) & UNSIGNED,
              EdfTask.STRUCT.size(),
              life(task),
              false,
              words));
    }
    return tasks;
  }

  private Life life(int task) {
    return switch (state.life(task)) {
      case "gone" -> Life.FREE;
      case "none" -> Life.RAW;
      default -> Life.LIVE;
    };
  }

  /** A pointer to released memory is the one that goes astray. */
  private MemoryObject list(String name, String field, List<Integer> tasks) {
    List<Word> words = new ArrayList<>();
    for (int address : tasks) {
      String task = state.taskName(address);
      Word word = new Word(field + "[" + words.size() + "]", task, task, false);
      words.add(view.edf().isDead(address) ? word.astray() : word);
    }
    return new MemoryObject(name, "list", 0, 0, Life.LIVE, false, words);
  }

  private List<MemoryObject> threads() {
    List<MemoryObject> threads = new ArrayList<>();
    for (int thread = 0; thread < model.threads().size(); thread++) {
      List<Word> words = new ArrayList<>();
      for (EdfFrame frame : view.frames(view.thread(thread))) {
        String task = state.taskName(frame.task());
        words.add(
            new Word(
                frame.kind().name(),
                EdfState.label(frame) + " " + task,
                frame.task() == 0 ? null : task,
                false));
      }
      threads.add(
          new MemoryObject(
              model.threads().get(thread),
              "struct k_thread",
              view.thread(thread) & UNSIGNED,
              KThread.STRUCT.size(),
              Life.LIVE,
              false,
              words));
    }
    return threads;
  }

  private static Word word(String field, String value) {
    return new Word(field, value, null, false);
  }
}
