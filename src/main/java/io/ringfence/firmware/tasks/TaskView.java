package io.ringfence.firmware.tasks;

import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Ram;

/** What a debugger sees of user memory and of the kernel's objects. */
public final class TaskView {
  /** What lies where a pointer leads. */
  public enum Target {
    /** NULL. */
    NULL,
    /** The task's own pdata. */
    PDATA,
    /** Other memory of the user's. */
    OTHER,
    /** An object of the kernel. */
    KERNEL
  }

  private final TaskMachine board;
  private final Ram ram;
  private final int coreCount;
  private final int cpuCount;

  TaskView(TaskMachine board, int coreCount, int cpuCount) {
    this.board = board;
    this.ram = board.cpu.ram();
    this.coreCount = coreCount;
    this.cpuCount = cpuCount;
  }

  /** The address of a task. */
  public int task(int index) {
    return board.task(index);
  }

  /** What a task's {@code priv_data} is. */
  public int privData(int task) {
    return ram.load32(privDataAddress(task));
  }

  /** The address of a task's {@code priv_data}. */
  public int privDataAddress(int task) {
    return Task.PRIV_DATA.in(board.task(task));
  }

  /** What lies where a pointer to a pdata leads. */
  public Target target(int pointer) {
    if (pointer == 0) {
      return Target.NULL;
    }
    if (pointer == board.otherObject) {
      return Target.OTHER;
    }
    return pointer == board.victim ? Target.KERNEL : Target.PDATA;
  }

  /** The handle of a semaphore in a pdata. */
  public int handleIn(int pdata) {
    return ram.load32(TaskMachine.SEM_P.in(pdata));
  }

  /** The address of memory of the user's that is no task's. */
  public int otherObject() {
    return board.otherObject;
  }

  /** The address of a task's own pdata. */
  public int pdata(int task) {
    return board.pdata(task);
  }

  /** Which thread object a pointer names: 0 for the caller's, 1 for another one's. */
  public int threadObject(int pointer) {
    return pointer == board.threadObjects[0] ? 0 : 1;
  }

  /** The thread object that the DP task's pdata names. */
  public int threadHandle() {
    return ram.load32(board.threadHandle);
  }

  /** The address of the word that names the DP task's thread. */
  public int threadHandleAddress() {
    return board.threadHandle;
  }

  /** Whether a thread object exists. */
  public boolean isAlive(int object) {
    return ram.load32(board.threadObjects[object]) != 0;
  }

  /** A task's {@code core}. */
  public int core(int task) {
    return ram.load16(coreAddress(task));
  }

  /** The address of a task's {@code core}. */
  public int coreAddress(int task) {
    return Task.CORE.in(board.task(task));
  }

  /** Whether the lock of a core is taken. */
  public boolean isLocked(int core) {
    return core < cpuCount && board.semaphores.isTaken(board.semaphores.lock(core));
  }

  /** Whether a DP thread of a core says that it has started. */
  public boolean isStarted(int core) {
    return core < coreCount && !board.semaphores.isTaken(board.semaphores.sync(core));
  }

  /** The address of the kernel's object behind the locks. */
  public int victim() {
    return board.victim;
  }

  /** Whether the kernel's objects are as they were, and the thread objects of others exist. */
  public boolean isKernelWhole() {
    return board.semaphores.behind().isWhole() && board.messages.behind().isWhole() && isAlive(1);
  }
}
