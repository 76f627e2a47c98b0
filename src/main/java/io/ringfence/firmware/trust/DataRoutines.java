package io.ringfence.firmware.trust;

import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.trust.TrustStructs.HeapHead;
import io.ringfence.firmware.trust.TrustStructs.TaskBlock;
import io.ringfence.firmware.trust.TrustStructs.TaskData;
import io.ringfence.machine.Cpu;

/**
 * What a kernel thread does with the private data of an LL task, which it finds through a word of
 * the task: allocates, reads, marks and frees it. SOF {@code zephyr_ll.c}, {@code
 * zephyr/lib/alloc.c} at 12dd726529.
 */
public final class DataRoutines {
  private final Kernel kernel;
  private final KernelRun run;
  private final TrustMemory memory;
  private final Cpu cpu;

  DataRoutines(Kernel kernel) {
    this.kernel = kernel;
    this.run = kernel.run;
    this.memory = kernel.memory;
    this.cpu = kernel.cpu;
  }

  /** Whether the block for the task's private data is in use. */
  public boolean hasData() {
    return cpu.ram().load32(TaskBlock.USED.in(TaskBlock.of(memory.taskData))) != 0;
  }

  /** Whether the task ran since it got its private data. */
  public boolean hasRun() {
    return cpu.ram().load32(TaskData.RUN.in(memory.taskData)) != 0 && hasData();
  }

  /** Whether the private data that the task leads to names the semaphore of the task. */
  boolean namesSemaphore() {
    int pdata = cpu.ram().load32(memory.address(TrustWord.TASK_PRIV_DATA));
    return cpu.ram().load32(TaskData.SEM_P.in(pdata)) == memory.taskSemaphore;
  }

  /** {@code zephyr_ll_task_init()}: gives the task private data, unless it has some. */
  public boolean allocateData() {
    return run.take(
        run.canBegin() && !kernel.isQueued() && !hasData(),
        () -> {
          if (kernel.load(TrustWord.TASK_PRIV_DATA) != 0) {
            return;
          }
          cpu.store(TaskBlock.USED, TaskBlock.of(memory.taskData), 1);
          cpu.zero(memory.taskData, TaskData.STRUCT.size());
          kernel.store(TrustWord.TASK_PRIV_DATA, memory.taskData);
          kernel.begin(Routine.INIT, Step.STORE);
        });
  }

  /** {@code zephyr_ll_task_sem_alloc()} leaves the handle in the task's data. */
  public boolean storeSemaphore() {
    return run.take(
        run.isAt(Routine.INIT, Step.STORE),
        () -> {
          int pdata = kernel.load(TrustWord.TASK_PRIV_DATA);
          kernel.touch(Touch.STORE, pdata);
          cpu.store(TaskData.SEM_P, pdata, memory.taskSemaphore);
          kernel.storeCopy(TrustWord.SEM_P, memory.taskSemaphore);
          run.go(Routine.INIT, Step.SEM);
        });
  }

  /** Its caller initializes the semaphore. */
  public boolean initSemaphore() {
    return run.take(
        run.isAt(Routine.INIT, Step.SEM),
        () -> {
          int sem = kernel.load(TrustWord.SEM_P);
          kernel.touch(Touch.INIT, sem);
          Semaphore.init(cpu, sem, 0, 1);
          run.idle();
        });
  }

  /** Refuses a task without private data, or whose data says that it is being freed. */
  public boolean checkData() {
    return run.take(
        run.isAt(Routine.SCHEDULE, Step.CHECK),
        () -> {
          int pdata = kernel.load(TrustWord.TASK_PRIV_DATA);
          boolean refused = pdata == 0;
          if (!refused) {
            kernel.touch(Touch.LOAD, pdata);
            refused = cpu.load(TaskData.FREEING, pdata) != 0;
          }
          run.go(Routine.SCHEDULE, refused ? Step.RELEASE : Step.INSERT);
        });
  }

  /** Gives the semaphore of a task that is done if somebody waits for that. */
  void giveIfFreeing(int pdata) {
    kernel.touch(Touch.LOAD, pdata);
    if (cpu.load(TaskData.FREEING, pdata) != 0) {
      int sem = cpu.load(TaskData.SEM_P, pdata);
      kernel.touch(Touch.GIVE, sem);
      Semaphore.give(cpu, sem);
    }
  }

  /** Takes the semaphore of the task, for 100 periods; nobody looks at the result. */
  void takeSemaphore() {
    int sem =
        kernel.keeps(TrustWord.SEM_P)
            ? kernel.load(TrustWord.SEM_P)
            : cpu.load(TaskData.SEM_P, run.pdata());
    kernel.touch(Touch.TAKE, sem);
    Semaphore.take(cpu, sem);
  }

  /** Says that the task is about to be freed, so that it is not scheduled any more. */
  public boolean markFreeing() {
    return run.take(
        run.isAt(Routine.FREE, Step.MARK),
        () -> {
          kernel.touch(Touch.STORE, run.pdata());
          cpu.store(TaskData.FREEING, run.pdata(), 1);
          run.go(Routine.FREE, Step.RELEASE);
        });
  }

  /**
   * {@code zephyr_ll_task_sem_free()}: in a kernel thread it is called without its verifier. What
   * becomes of the semaphore is not modeled here.
   */
  public boolean lookAtSemaphore() {
    return run.take(
        run.isAt(Routine.FREE, Step.LOOK),
        () -> {
          int pdata = kernel.load(TrustWord.TASK_PRIV_DATA);
          kernel.touch(Touch.LOAD, pdata);
          cpu.load(TaskData.SEM_P, pdata);
          run.go(Routine.FREE, Step.FREE);
        });
  }

  /** {@code sof_heap_free()} of what was the task's private data when the routine began. */
  public boolean freeData() {
    return run.take(
        run.isAt(Routine.FREE, Step.FREE),
        () -> {
          kernel.store(TrustWord.TASK_PRIV_DATA, 0);
          int pdata = run.pdata();
          free(kernel.load(TrustWord.SCH_HEAP), pdata);
          run.setPdata(KernelRun.NONE);
          run.go(Routine.FREE, Step.RELEASE);
        });
  }

  /** {@code sof_heap_free()}: falls back to the heap of the system if the block is elsewhere. */
  private void free(int named, int pdata) {
    kernel.touch(Touch.HEAP, named);
    int heap = named != 0 && holds(named, pdata) ? named : Foreign.HEAP.in(memory.kernelForeign);
    if (named == memory.userHeap) {
      kernel.touch(Touch.FREE, pdata);
    } else {
      kernel.touch(Touch.HEAP, heap);
    }
    int block = TaskBlock.of(pdata);
    cpu.store(TaskBlock.USED, block, 0);
    cpu.store(HeapHead.FREED, heap, block);
  }

  private boolean holds(int heap, int block) {
    int offset = block - cpu.load(HeapHead.INIT_MEM, heap);
    return Integer.compareUnsigned(offset, cpu.load(HeapHead.INIT_BYTES, heap)) < 0;
  }
}
