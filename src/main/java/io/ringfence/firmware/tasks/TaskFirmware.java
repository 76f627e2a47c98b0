package io.ringfence.firmware.tasks;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;

/**
 * User threads that make system calls about tasks, step by step, and an attacker that stores to
 * user memory in between. A step that cannot be made now is not made, and false.
 */
public final class TaskFirmware {
  private final TaskMachine board;
  private final TaskRecords records;
  private final Cpu cpu;
  private final Ram ram;
  private final Design design;
  private final int coreCount;
  private final int quota;
  private final int frames;
  private final int mutex;
  private final int stop;
  private final int forgeriesLeft;
  private final TaskView view;
  private String lastFault = "";

  /**
   * Boots.
   *
   * @param tasks how many tasks user memory has
   * @param semaphores how many semaphores the kernel has
   * @param quota how many of them a repaired kernel gives to user space
   * @param coreCount how many cores there are
   * @param forgeries how often the attacker may write
   */
  public TaskFirmware(
      Design design,
      int threads,
      int tasks,
      int semaphores,
      int quota,
      int coreCount,
      int forgeries) {
    this.design = design;
    this.coreCount = coreCount;
    this.quota = quota;
    this.board = new TaskMachine(tasks, semaphores, coreCount);
    this.records = board.records;
    this.view = new TaskView(board, coreCount);
    this.cpu = board.cpu;
    this.ram = cpu.ram();
    this.frames = board.machine.allocateStatic(TaskFrame.STRUCT.size() * threads);
    this.mutex = board.machine.allocateStatic(4);
    this.stop = board.machine.allocateStatic(4);
    this.forgeriesLeft = board.machine.allocateStatic(4);
    ram.store32(forgeriesLeft, forgeries);
    for (int thread = 0; thread < threads; thread++) {
      clear(thread);
    }
    ram.freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The kernel's records and semaphores, to look at. */
  public TaskRecords records() {
    return records;
  }

  /** User memory and the kernel's objects, to look at. */
  public TaskView view() {
    return view;
  }

  /** The fault of the last step, or why a verifier refused it; empty if neither. */
  public String lastFault() {
    return lastFault;
  }

  // What a debugger reads.

  /** A field of a thread's frame. */
  public int frame(int thread, Field field) {
    return ram.load32(field.in(frameAddress(thread)));
  }

  /** The address of a thread's frame. */
  public int frameAddress(int thread) {
    return frames + thread * TaskFrame.STRUCT.size();
  }

  /** The next step of a thread. */
  public Label label(int thread) {
    return Label.values()[frame(thread, TaskFrame.PC)];
  }

  /** The thread that holds the lock of the list, or {@link TaskFrame#NONE}. */
  public int mutexHolder() {
    return ram.load32(mutex) - 1;
  }

  /** Why the kernel stopped. */
  public Why stopped() {
    return Why.at(ram.load32(stop));
  }

  /** How often the attacker may still write. */
  public int forgeriesLeft() {
    return ram.load32(forgeriesLeft);
  }

  // The steps.

  /** Enters a call about a task. */
  public boolean call(int thread, TaskCall call, int task) {
    return enter(thread, call, task, TaskFrame.NONE);
  }

  /** Enters the DP scheduler's tick. */
  public boolean callTick(int thread, int core) {
    return enter(thread, TaskCall.SCHEDULER_DP_LL_TICK, TaskFrame.NONE, core);
  }

  private boolean enter(int thread, TaskCall call, int task, int core) {
    if (!at(thread, Label.IDLE)) {
      return false;
    }
    begin(thread);
    set(thread, TaskFrame.CALL, call.ordinal());
    set(thread, TaskFrame.TASK, task);
    set(thread, TaskFrame.CORE, core);
    return jump(thread, Label.VERIFY);
  }

  /** The verifier. */
  public boolean verify(int thread) {
    return at(thread, Label.VERIFY)
        && run(
            thread,
            () -> {
              switch (call(thread)) {
                case ZEPHYR_LL_TASK_SEM_ALLOC -> verifyTask(thread, Label.MAKE);
                case ZEPHYR_LL_TASK_SEM_FREE -> verifyTask(thread, Label.FIND);
                case SCHEDULER_DP_TASK_FREE -> verifyThread(thread);
                case SCHEDULER_DP_LL_TICK -> verifyCore(thread);
              }
            });
  }

  private void verifyTask(int thread, Label next) {
    int task = taskOf(thread);
    requireWritable(task, Task.STRUCT.size());
    int pdata = cpu.load(Task.PRIV_DATA, task);
    if (pdata == 0) {
      clear(thread);
      return;
    }
    requireWritable(pdata, TaskMachine.PDATA.size());
    set(thread, TaskFrame.SEEN, pdata);
    jump(thread, next);
  }

  private void requireWritable(int address, int bytes) {
    if (!cpu.mayWrite(board.domain, address, bytes)) {
      throw new KernelOops(
          String.format("the caller may not write %d bytes at 0x%08x", bytes, address));
    }
  }

  private void verifyThread(int thread) {
    int object = cpu.load32(board.threadHandle);
    if (object != board.threadObjects[0] || cpu.load32(object) == 0) {
      throw new KernelOops(String.format("the caller may not use the object 0x%08x", object));
    }
    set(thread, TaskFrame.SEEN, object);
    jump(thread, Label.DISPOSE);
  }

  private void verifyCore(int thread) {
    int core = frame(thread, TaskFrame.CORE);
    if (!design.has(Defect.DP_TICK_ANY_CORE) && Integer.compareUnsigned(core, coreCount) >= 0) {
      throw new KernelOops("there is no core " + core);
    }
    jump(thread, Label.LOCK);
  }

  /** {@code zephyr_ll_task_sem_alloc} up to the load of the end of the list. */
  public boolean make(int thread) {
    return at(thread, Label.MAKE)
        && isFree()
        && run(
            thread,
            () -> {
              int pdata = pdataOf(thread);
              boolean isUsedUp = design.has(Fix.LIMIT_RECORDS) && records.allocated() >= quota;
              int ts = isUsedUp ? 0 : records.make();
              if (ts == 0) {
                clear(thread);
                return;
              }
              lock(thread);
              set(thread, TaskFrame.RECORD, ts);
              set(thread, TaskFrame.USED, pdata);
              records.setTask(ts, taskOf(thread));
              cpu.store(TaskMachine.SEM_P, pdata, records.semaphore(ts));
              set(thread, TaskFrame.TAIL, records.tail());
              jump(thread, Label.LINK);
            });
  }

  /** Links the record. */
  public boolean link(int thread) {
    return at(thread, Label.LINK)
        && run(
            thread,
            () -> {
              records.link(frame(thread, TaskFrame.RECORD), frame(thread, TaskFrame.TAIL));
              leave(thread);
            });
  }

  /** {@code zephyr_ll_task_sem_free} up to the comparison of the handle. */
  public boolean find(int thread) {
    return at(thread, Label.FIND)
        && isFree()
        && run(
            thread,
            () -> {
              int pdata = pdataOf(thread);
              int ts = records.find(taskOf(thread));
              if (ts == 0 || cpu.load(TaskMachine.SEM_P, pdata) != records.semaphore(ts)) {
                clear(thread);
                return;
              }
              lock(thread);
              set(thread, TaskFrame.RECORD, ts);
              set(thread, TaskFrame.USED, pdata);
              jump(thread, Label.UNLINK);
            });
  }

  /** Unlinks the record and frees it. */
  public boolean unlink(int thread) {
    return at(thread, Label.UNLINK)
        && run(
            thread,
            () -> {
              records.free(frame(thread, TaskFrame.RECORD));
              leave(thread);
            });
  }

  /** Ends the thread of a DP task. */
  public boolean dispose(int thread) {
    return at(thread, Label.DISPOSE)
        && run(
            thread,
            () -> {
              int object =
                  design.has(Defect.DP_FREE_READS_TWICE)
                      ? cpu.load32(board.threadHandle)
                      : frame(thread, TaskFrame.SEEN);
              set(thread, TaskFrame.USED, object);
              cpu.store32(object, 0);
              jump(thread, Label.RETURN);
            });
  }

  /** Returns to the caller. */
  public boolean finish(int thread) {
    return at(thread, Label.RETURN) && run(thread, () -> clear(thread));
  }

  /** Takes the lock of a core. */
  public boolean lockCore(int thread) {
    return at(thread, Label.LOCK)
        && !view.isLocked(frame(thread, TaskFrame.CORE))
        && run(
            thread,
            () -> {
              addToLock(thread, -1);
              jump(thread, Label.UNLOCK);
            });
  }

  /** Releases it, and returns. */
  public boolean unlockCore(int thread) {
    return at(thread, Label.UNLOCK)
        && run(
            thread,
            () -> {
              addToLock(thread, 1);
              clear(thread);
            });
  }

  private void addToLock(int thread, int change) {
    int semaphore = board.lock(frame(thread, TaskFrame.CORE));
    cpu.store(TaskRecords.COUNT, semaphore, cpu.load(TaskRecords.COUNT, semaphore) + change);
  }

  /** Lets the attacker store to a task, or to the pdata of the DP task. */
  public boolean forge(int task, TaskForgery forgery) {
    if (stopped() != Why.NOTHING || forgeriesLeft() == 0) {
      return false;
    }
    lastFault = "";
    cpu.enter(Mode.USER, board.domain, 0, 0);
    int privData = view.privDataAddress(task);
    switch (forgery) {
      case PRIV_NULL -> cpu.store32(privData, 0);
      case PRIV_KERNEL -> cpu.store32(privData, board.victim);
      case PRIV_OTHER -> cpu.store32(privData, board.otherObject);
      case THREAD_THEIRS -> cpu.store32(board.threadHandle, board.threadObjects[1]);
    }
    ram.store32(forgeriesLeft, forgeriesLeft() - 1);
    return true;
  }

  // What goes around a step.

  private boolean at(int thread, Label label) {
    return stopped() == Why.NOTHING && label(thread) == label;
  }

  /** Whether the list may be used; without a lock it always is. */
  private boolean isFree() {
    return mutexHolder() == TaskFrame.NONE;
  }

  private void lock(int thread) {
    if (design.has(Fix.LOCK_RECORDS)) {
      ram.store32(mutex, thread + 1);
    }
  }

  private void leave(int thread) {
    if (mutexHolder() == thread) {
      ram.store32(mutex, 0);
    }
    clear(thread);
  }

  private int taskOf(int thread) {
    return board.task(frame(thread, TaskFrame.TASK));
  }

  private int pdataOf(int thread) {
    return design.has(Fix.LOAD_PRIV_DATA_ONCE)
        ? frame(thread, TaskFrame.SEEN)
        : cpu.load(Task.PRIV_DATA, taskOf(thread));
  }

  private void begin(int thread) {
    lastFault = "";
    cpu.enter(Mode.KERNEL, board.domain, 0, frameAddress(thread));
  }

  private boolean run(int thread, Runnable step) {
    begin(thread);
    try {
      step.run();
    } catch (MemoryFault fault) {
      lastFault = String.valueOf(fault.getMessage());
      ram.store32(stop, Why.of(fault).ordinal());
    } catch (KernelOops oops) {
      lastFault = String.valueOf(oops.getMessage());
      clear(thread);
      jump(thread, Label.DEAD);
    }
    return true;
  }

  private TaskCall call(int thread) {
    return TaskCall.values()[frame(thread, TaskFrame.CALL)];
  }

  private boolean jump(int thread, Label label) {
    set(thread, TaskFrame.PC, label.ordinal());
    return true;
  }

  private void set(int thread, Field field, int value) {
    ram.store32(field.in(frameAddress(thread)), value);
  }

  private void clear(int thread) {
    for (Field field : TaskFrame.STRUCT.fields()) {
      set(thread, field, TaskFrame.NONE);
    }
    jump(thread, Label.IDLE);
  }
}
