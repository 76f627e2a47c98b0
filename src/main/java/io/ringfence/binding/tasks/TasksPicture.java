package io.ringfence.binding.tasks;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.tasks.TaskCall;
import io.ringfence.firmware.tasks.TaskFirmware;
import io.ringfence.firmware.tasks.TaskFrame;
import io.ringfence.firmware.tasks.TaskRecords;
import io.ringfence.firmware.tasks.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws tasks, the kernel's records of them, kernel objects and threads. */
final class TasksPicture {
  private static final String KERNEL_OBJECT = "kernel object";

  private final TasksModel model;
  private final TaskFirmware firmware;
  private final TaskRecords records;
  private final TaskView view;

  private TasksPicture(TasksModel model, TaskFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.records = firmware.records();
    this.view = firmware.view();
  }

  static MemoryPicture draw(TasksModel model, TaskFirmware firmware) {
    TasksPicture picture = new TasksPicture(model, firmware);
    return new MemoryPicture(
        List.of(
            new MemoryPicture.Region(
                "LL memory domain", 0, 0, UserAccess.WRITE, picture.userObjects()),
            new MemoryPicture.Region(
                "zephyr_ll_task_sem_list", 0, 0, UserAccess.NONE, picture.list()),
            new MemoryPicture.Region(
                "kernel objects", 0, 0, UserAccess.NONE, picture.kernelObjects()),
            new MemoryPicture.Region("threads", 0, 0, UserAccess.NONE, picture.threads())));
  }

  private List<MemoryObject> userObjects() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int i = 0; i < model.tasks().size(); i++) {
      String name = model.tasks().get(i);
      objects.add(
          object(
              name,
              "struct task",
              view.task(i),
              Life.LIVE,
              List.of(
                  core(view.core(i), firmware.ram().shadow().isUserWritten(view.coreAddress(i))),
                  pointer("priv_data", view.privDataAddress(i), target(view.privData(i), i)),
                  pointer(
                      "thread",
                      view.threadHandleAddress(),
                      threadObject(view.threadObject(view.threadHandle()))))));
      objects.add(pdata("pdata of " + name, view.pdata(i)));
    }
    objects.add(pdata("other memory", view.otherObject()));
    return objects;
  }

  private MemoryObject pdata(String name, int address) {
    int number = records.number(view.handleIn(address));
    return object(
        name,
        "struct zephyr_ll_pdata",
        address,
        Life.LIVE,
        List.of(word("sem_p", number == 0 ? "NULL" : semaphore(number), semaphoreOrNull(number))));
  }

  private static @Nullable String semaphoreOrNull(int number) {
    return number == 0 ? null : semaphore(number);
  }

  private static String semaphore(int number) {
    return "semaphore " + number;
  }

  private static String threadObject(int index) {
    return index == 0 ? "the caller's thread" : "another thread";
  }

  private String target(int pointer, int task) {
    return switch (view.target(pointer)) {
      case NULL -> "NULL";
      case PDATA -> "pdata of " + model.tasks().get(task);
      case OTHER -> "other memory";
      case KERNEL -> KERNEL_OBJECT;
    };
  }

  private List<MemoryObject> list() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int ts : records.records()) {
      int number = records.semaphoreOf(ts);
      objects.add(
          object(
              "record " + number,
              "struct zephyr_ll_task_sem",
              ts,
              Life.LIVE,
              List.of(word("sem", semaphore(number), semaphore(number)))));
    }
    return objects;
  }

  private List<MemoryObject> kernelObjects() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int i = 0; i < records.count(); i++) {
      objects.add(
          object(
              semaphore(i + 1),
              "struct k_sem",
              0,
              records.isAllocated(i) ? Life.LIVE : Life.FREE,
              List.of()));
    }
    for (int i = 0; i < 2; i++) {
      objects.add(
          object(
              threadObject(i),
              "struct k_thread",
              0,
              view.isAlive(i) ? Life.LIVE : Life.FREE,
              List.of()));
    }
    for (int core = 0; core < model.cpuCount(); core++) {
      objects.add(semaphore("dp_lock[" + core + "]", view.isLocked(core)));
    }
    for (int core = 0; core < model.coreCount(); core++) {
      objects.add(semaphore("dp_sync[" + core + "]", !view.isStarted(core)));
    }
    Word content = word("content", view.isKernelWhole() ? "as it was" : "damaged", null);
    objects.add(
        object(
            KERNEL_OBJECT,
            "void",
            view.victim(),
            Life.LIVE,
            List.of(view.isKernelWhole() ? content : content.astray())));
    return objects;
  }

  private static MemoryObject semaphore(String name, boolean isTaken) {
    return object(
        name, "struct k_sem", 0, Life.LIVE, List.of(word("count", isTaken ? "0" : "1", null)));
  }

  private List<MemoryObject> threads() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int i = 0; i < model.threads().size(); i++) {
      int call = firmware.threads().frame(i, TaskFrame.CALL);
      objects.add(
          object(
              "thread " + model.threads().get(i),
              "struct k_thread",
              firmware.threads().frameAddress(i),
              Life.LIVE,
              List.of(
                  core(firmware.threads().frame(i, TaskFrame.CORE), false),
                  word(
                      "call",
                      call == StepThreads.NONE ? "none" : TaskCall.values()[call].text(),
                      null),
                  word(
                      "next step",
                      firmware.threads().label(i).name().toLowerCase(Locale.ROOT),
                      null))));
    }
    return objects;
  }

  private static MemoryObject object(
      String name, String struct, int address, Life life, List<Word> words) {
    return new MemoryObject(name, struct, Integer.toUnsignedLong(address), 0, life, false, words);
  }

  private static Word word(String field, String value, @Nullable String target) {
    return new Word(field, value, target, false);
  }

  /** The core of a task or a call, which leads astray if it is no core. */
  private Word core(int core, boolean isUserWritten) {
    String text = core == StepThreads.NONE ? "none" : String.valueOf(core);
    Word word = new Word("core", text, null, isUserWritten);
    return core < model.coreCount() ? word : word.astray();
  }

  /** A pointer in user memory, which is the one that leads astray if the attacker stored it. */
  private Word pointer(String field, int address, String target) {
    boolean isForged = firmware.ram().shadow().isUserWritten(address);
    Word word = new Word(field, target, target.equals("NULL") ? null : target, isForged);
    return isForged ? word.astray() : word;
  }
}
