package io.ringfence.firmware.tasks;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import io.ringfence.machine.Cpu;
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
  private final int quota;
  private final TaskThreads threads;
  private final TaskVerifiers verifiers;
  private final int forgeriesLeft;
  private final TaskView view;

  /**
   * Boots.
   *
   * @param tasks how many tasks user memory has
   * @param semaphores how many semaphores the kernel has
   * @param quota how many of them a repaired kernel gives to user space
   * @param coreCount how many cores there are: the size of {@code dp_sync}
   * @param cpuCount how many CPUs there can be: the size of {@code dp_lock}
   * @param forgeries how often the attacker may write
   */
  public TaskFirmware(
      Design design,
      int threadCount,
      int tasks,
      int semaphores,
      int quota,
      int coreCount,
      int cpuCount,
      int forgeries) {
    this.design = design;
    this.quota = quota;
    this.board = new TaskMachine(tasks, semaphores, coreCount, cpuCount);
    this.records = board.records;
    this.view = new TaskView(board, coreCount, cpuCount);
    this.cpu = board.cpu;
    this.ram = cpu.ram();
    this.threads = new TaskThreads(board, design, threadCount);
    this.verifiers = new TaskVerifiers(design, board, threads, coreCount);
    this.forgeriesLeft = board.machine.allocateStatic(4);
    ram.store32(forgeriesLeft, forgeries);
    ram.freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The threads: where each of them is. */
  public TaskThreads threads() {
    return threads;
  }

  /** The kernel's records and semaphores, to look at. */
  public TaskRecords records() {
    return records;
  }

  /** User memory and the kernel's objects, to look at. */
  public TaskView view() {
    return view;
  }

  /** How often the attacker may still write. */
  public int forgeriesLeft() {
    return ram.load32(forgeriesLeft);
  }

  // The steps.

  /** Enters a call about a task. */
  public boolean call(int thread, TaskCall call, int task) {
    return enter(thread, call, task, StepThreads.NONE, Label.VERIFY);
  }

  /** Enters the DP scheduler's tick. */
  public boolean callTick(int thread, int core) {
    return enter(thread, TaskCall.SCHEDULER_DP_LL_TICK, StepThreads.NONE, core, Label.VERIFY);
  }

  /** Lets a thread of the kernel bring a message to the thread of a DP task. */
  public boolean callIpc(int thread, int task, DpCommand command) {
    Label first = command == DpCommand.SOF_IPC4_MOD_INIT_INSTANCE ? Label.SYNC : Label.LOCK;
    return enter(thread, TaskCall.SCHEDULER_DP_THREAD_IPC, task, StepThreads.NONE, first);
  }

  /** Lets a thread of the kernel make a pipeline for the core that the host names. */
  public boolean callPipeline(int thread, int core) {
    return enter(thread, TaskCall.IPC_PIPELINE_NEW, StepThreads.NONE, core, Label.VERIFY);
  }

  private boolean enter(int thread, TaskCall call, int task, int core, Label first) {
    if (!threads.at(thread, Label.IDLE)) {
      return false;
    }
    threads.begin(thread);
    threads.set(thread, TaskFrame.CALL, call.ordinal());
    threads.set(thread, TaskFrame.TASK, task);
    threads.set(thread, TaskFrame.CORE, core);
    threads.jump(thread, first);
    return true;
  }

  /** The verifier. */
  public boolean verify(int thread) {
    return threads.at(thread, Label.VERIFY) && threads.run(thread, () -> verifiers.verify(thread));
  }

  /** {@code zephyr_ll_task_sem_alloc} up to the load of the end of the list. */
  public boolean make(int thread) {
    return threads.at(thread, Label.MAKE)
        && isFree()
        && threads.run(
            thread,
            () -> {
              int pdata = pdataOf(thread);
              boolean isUsedUp = design.has(Fix.LIMIT_RECORDS) && records.allocated() >= quota;
              int ts = isUsedUp ? 0 : records.make();
              if (ts == 0) {
                threads.clear(thread);
                return;
              }
              lock(thread);
              threads.set(thread, TaskFrame.RECORD, ts);
              threads.set(thread, TaskFrame.USED, pdata);
              records.setTask(ts, taskOf(thread));
              cpu.store(TaskMachine.SEM_P, pdata, records.semaphore(ts));
              threads.set(thread, TaskFrame.TAIL, records.tail());
              threads.jump(thread, Label.LINK);
            });
  }

  /** Links the record. */
  public boolean link(int thread) {
    return threads.at(thread, Label.LINK)
        && threads.run(
            thread,
            () -> {
              records.link(
                  threads.frame(thread, TaskFrame.RECORD), threads.frame(thread, TaskFrame.TAIL));
              threads.leave(thread);
            });
  }

  /** {@code zephyr_ll_task_sem_free} up to the comparison of the handle. */
  public boolean find(int thread) {
    return threads.at(thread, Label.FIND)
        && isFree()
        && threads.run(
            thread,
            () -> {
              int pdata = pdataOf(thread);
              int ts = records.find(taskOf(thread));
              if (ts == 0 || cpu.load(TaskMachine.SEM_P, pdata) != records.semaphore(ts)) {
                threads.clear(thread);
                return;
              }
              lock(thread);
              threads.set(thread, TaskFrame.RECORD, ts);
              threads.set(thread, TaskFrame.USED, pdata);
              threads.jump(thread, Label.UNLINK);
            });
  }

  /** Unlinks the record and frees it. */
  public boolean unlink(int thread) {
    return threads.at(thread, Label.UNLINK)
        && threads.run(
            thread,
            () -> {
              records.free(threads.frame(thread, TaskFrame.RECORD));
              threads.leave(thread);
            });
  }

  /** Ends the thread of a DP task. */
  public boolean dispose(int thread) {
    return threads.at(thread, Label.DISPOSE)
        && threads.run(
            thread,
            () -> {
              int object =
                  design.has(Defect.DP_FREE_READS_TWICE)
                      ? cpu.load32(board.threadHandle)
                      : threads.frame(thread, TaskFrame.SEEN);
              threads.set(thread, TaskFrame.USED, object);
              cpu.store32(object, 0);
              threads.jump(thread, Label.RETURN);
            });
  }

  /** Returns to the caller. */
  public boolean finish(int thread) {
    return threads.at(thread, Label.RETURN) && threads.run(thread, () -> threads.clear(thread));
  }

  /** {@code scheduler_dp_thread_ipc} up to the start of the DP thread, or to the timeout. */
  public boolean sync(int thread) {
    return threads.at(thread, Label.SYNC)
        && threads.run(
            thread,
            () -> {
              int core = messageCore(thread);
              if (!board.semaphores.take(board.semaphores.sync(core))) {
                threads.clear(thread);
                return;
              }
              threads.set(thread, TaskFrame.CORE, core);
              threads.jump(thread, Label.LOCK);
            });
  }

  /** {@code ipc4_process_on_core}, for a core that is not the own one. */
  public boolean send(int thread) {
    return threads.at(thread, Label.SEND)
        && threads.run(
            thread,
            () -> {
              int core = threads.frame(thread, TaskFrame.CORE);
              if (core != TaskMachine.OWN_CORE) {
                board.messages.send(TaskMachine.OWN_CORE, core);
              }
              threads.clear(thread);
            });
  }

  /** {@code scheduler_dp_lock}, which waits while the lock is taken. */
  public boolean lockCore(int thread) {
    return threads.at(thread, Label.LOCK)
        && !view.isLocked(lockedNext(thread))
        && threads.run(
            thread,
            () -> {
              int core = lockedNext(thread);
              board.semaphores.take(board.semaphores.lock(core));
              threads.set(thread, TaskFrame.CORE, core);
              threads.jump(thread, Label.UNLOCK);
            });
  }

  /** Releases it, and returns. */
  public boolean unlockCore(int thread) {
    return threads.at(thread, Label.UNLOCK)
        && threads.run(
            thread,
            () -> {
              board.semaphores.give(board.semaphores.lock(threads.frame(thread, TaskFrame.CORE)));
              threads.clear(thread);
            });
  }

  /** Lets the attacker store to a task, or to the pdata of the DP task. */
  public boolean forge(int task, TaskForgery forgery) {
    int privData = view.privDataAddress(task);
    return attack(
        () -> {
          switch (forgery) {
            case PRIV_NULL -> cpu.store32(privData, 0);
            case PRIV_KERNEL -> cpu.store32(privData, board.victim);
            case PRIV_OTHER -> cpu.store32(privData, board.otherObject);
            case THREAD_THEIRS -> cpu.store32(board.threadHandle, board.threadObjects[1]);
          }
        });
  }

  /** Lets the attacker store a number to {@code task.core}. */
  public boolean forgeCore(int task, int core) {
    return attack(() -> cpu.store(Task.CORE, board.task(task), core));
  }

  private boolean attack(Runnable stores) {
    if (threads.stopped() != Why.NOTHING || forgeriesLeft() == 0) {
      return false;
    }
    threads.enterUserSpace();
    stores.run();
    ram.store32(forgeriesLeft, forgeriesLeft() - 1);
    return true;
  }

  // What a step looks up.

  /** The core whose semaphores a message uses. */
  private int messageCore(int thread) {
    return design.has(Fix.CORE_OF_THE_MESSAGE)
        ? TaskMachine.OWN_CORE
        : cpu.load(Task.CORE, taskOf(thread));
  }

  /** The core whose lock a call takes: that of the task as it is now, or the argument. */
  private int lockedNext(int thread) {
    return threads.call(thread) == TaskCall.SCHEDULER_DP_THREAD_IPC
        ? messageCore(thread)
        : threads.frame(thread, TaskFrame.CORE);
  }

  /** Whether the list may be used; without a lock it always is. */
  private boolean isFree() {
    return threads.mutexHolder() == StepThreads.NONE;
  }

  private void lock(int thread) {
    if (design.has(Fix.LOCK_RECORDS)) {
      threads.lock(thread);
    }
  }

  private int taskOf(int thread) {
    return board.task(threads.frame(thread, TaskFrame.TASK));
  }

  private int pdataOf(int thread) {
    return design.has(Fix.LOAD_PRIV_DATA_ONCE)
        ? threads.frame(thread, TaskFrame.SEEN)
        : cpu.load(Task.PRIV_DATA, taskOf(thread));
  }
}
