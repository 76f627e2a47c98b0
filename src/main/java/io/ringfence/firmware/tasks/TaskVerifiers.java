package io.ringfence.firmware.tasks;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.syscalls.SyscallVerifier;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import io.ringfence.machine.Cpu;

/**
 * The verifiers of the calls about tasks. Each notes the pointer that it looked at, for a call that
 * does not load it again, and says which step is next.
 */
final class TaskVerifiers {
  private final Design design;
  private final TaskMachine board;
  private final TaskThreads threads;
  private final Cpu cpu;
  private final SyscallVerifier verifier;
  private final int coreCount;

  TaskVerifiers(Design design, TaskMachine board, TaskThreads threads, int coreCount) {
    this.design = design;
    this.board = board;
    this.threads = threads;
    this.cpu = board.cpu;
    this.verifier = new SyscallVerifier(cpu);
    this.coreCount = coreCount;
  }

  /**
   * Verifies the call that a thread is in.
   *
   * @throws KernelOops if the caller may not make it so
   */
  void verify(int thread) {
    switch (threads.call(thread)) {
      case ZEPHYR_LL_TASK_SEM_ALLOC -> verifyTask(thread, Label.MAKE);
      case ZEPHYR_LL_TASK_SEM_FREE -> verifyTask(thread, Label.FIND);
      case SCHEDULER_DP_TASK_FREE -> verifyThread(thread);
      case SCHEDULER_DP_LL_TICK -> verifyCore(thread);
      case IPC_PIPELINE_NEW -> checkPipeline(thread);
      case SCHEDULER_DP_THREAD_IPC -> throw new IllegalStateException("no system call");
    }
  }

  private void verifyTask(int thread, Label next) {
    int task = board.task(threads.frame(thread, TaskFrame.TASK));
    verifier.requireWritable(task, Task.STRUCT.size());
    int pdata = cpu.load(Task.PRIV_DATA, task);
    if (pdata == 0) {
      threads.clear(thread);
      return;
    }
    verifier.requireWritable(pdata, TaskMachine.PDATA.size());
    threads.set(thread, TaskFrame.SEEN, pdata);
    threads.jump(thread, next);
  }

  private void verifyThread(int thread) {
    int object = cpu.load32(board.threadHandle);
    verifier.oopsIf(
        object != board.threadObjects[0] || cpu.load32(object) == 0,
        String.format("the caller may not use the object 0x%08x", object));
    threads.set(thread, TaskFrame.SEEN, object);
    threads.jump(thread, Label.DISPOSE);
  }

  /** The check of {@code ipc_pipeline_new}, which the host is told of. */
  private void checkPipeline(int thread) {
    boolean isChecked = !design.has(Defect.PIPELINE_ANY_CORE);
    if (isChecked && threads.frame(thread, TaskFrame.CORE) >= coreCount) {
      threads.clear(thread);
      return;
    }
    threads.jump(thread, Label.SEND);
  }

  private void verifyCore(int thread) {
    int core = threads.frame(thread, TaskFrame.CORE);
    verifier.oopsIf(
        !design.has(Defect.DP_TICK_ANY_CORE) && Integer.compareUnsigned(core, coreCount) >= 0,
        "there is no core " + core);
    threads.jump(thread, Label.LOCK);
  }
}
