package io.ringfence.firmware.trust;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.trust.TrustStructs.DomainOps;
import io.ringfence.firmware.trust.TrustStructs.TaskData;
import io.ringfence.firmware.trust.TrustStructs.ZephyrLl;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;

/**
 * What the kernel does for the LL scheduler: the timer interrupt, and a kernel thread that
 * schedules and frees a task, as chain DMA does. SOF {@code zephyr_domain.c}, {@code zephyr_ll.c},
 * {@code sof/schedule/schedule.h} at 12dd726529.
 */
public final class LlRoutines {
  /** More tasks than there are: whoever walks further walks for ever. */
  private static final int MOST_TASKS = 8;

  private final Kernel kernel;
  private final KernelRun run;
  private final TrustMemory memory;
  private final Cpu cpu;
  private final DataRoutines data;

  LlRoutines(Kernel kernel, DataRoutines data) {
    this.kernel = kernel;
    this.run = kernel.run;
    this.memory = kernel.memory;
    this.cpu = kernel.cpu;
    this.data = data;
  }

  /** Whether the task was scheduled and not freed since. */
  public boolean isQueued() {
    return kernel.isQueued();
  }

  /** {@code zephyr_domain_timer_fn()}: is the core registered? */
  public boolean tickTest() {
    return run.take(
        run.canBegin(),
        () -> {
          if (kernel.load(TrustWord.HANDLER) != 0) {
            kernel.begin(Routine.TICK, Step.GIVE);
          }
        });
  }

  /** Gives the semaphore; the LL thread, which waits for it, takes it. */
  public boolean tickGive() {
    return run.take(
        run.isAt(Routine.TICK, Step.GIVE),
        () -> {
          int sem = kernel.load(TrustWord.SEM);
          kernel.touch(Touch.GIVE, sem);
          Semaphore.give(cpu, sem);
          Semaphore.take(cpu, memory.tickSemaphore);
          run.idle();
        });
  }

  /** {@code schedule_task()} or {@code schedule_task_free()}: loads {@code task->sch}. */
  public boolean loadScheduler(Routine routine) {
    return run.take(
        run.canBegin() && isQueued() == (routine == Routine.FREE),
        () -> {
          int scheduler = kernel.load(TrustWord.TASK_SCH);
          boolean refused = kernel.repairs(TrustWord.TASK_SCH) && scheduler != memory.llScheduler;
          if (refused || routine == Routine.FREE && scheduler == 0) {
            return;
          }
          kernel.begin(routine, Step.CALL);
          run.keep(scheduler);
        });
  }

  /** Calls the operation of the scheduler. */
  public boolean callScheduler(Routine routine) {
    return run.take(
        run.isAt(routine, Step.CALL),
        () -> {
          int scheduler = run.argument();
          kernel.touch(Touch.CALL, scheduler);
          int ops = cpu.load(ScheduleData.OPS, scheduler);
          kernel.touch(Touch.CALL, ops);
          Field operation =
              routine == Routine.FREE
                  ? SchedulerOps.SCHEDULE_TASK_FREE
                  : SchedulerOps.SCHEDULE_TASK;
          kernel.call(Touch.CALL, cpu.load(operation, ops));
        });
  }

  /** The entry of {@code zephyr_ll_task_schedule()}, before it takes the lock. */
  void enterSchedule() {
    enter(Routine.SCHEDULE);
  }

  /** The entry of {@code zephyr_ll_task_free()}, before it takes the lock. */
  void enterFree() {
    run.setPdata(kernel.load(TrustWord.TASK_PRIV_DATA));
    enter(Routine.FREE);
  }

  /** The caller loaded {@code sch->data} for the argument. */
  private void enter(Routine routine) {
    run.go(routine, Step.LOCK);
    run.keep(kernel.load(TrustWord.SCH_DATA));
  }

  /** {@code zephyr_ll_lock()}. */
  public boolean lock(Routine routine) {
    return run.take(
        run.isAt(routine, Step.LOCK),
        () -> {
          int mutex = mutexOf(run.argument());
          kernel.touch(Touch.LOCK, mutex);
          Mutex.lock(cpu, mutex);
          setOwner(cpu.thread());
          if (routine == Routine.SCHEDULE) {
            run.go(routine, Step.CHECK);
          } else {
            switch (cpu.load(Task.STATE, memory.task)) {
              case Task.STATE_QUEUED -> run.go(routine, Step.UNLINK);
              case Task.STATE_RUNNING -> run.go(routine, Step.MARK);
              default -> run.go(routine, Step.LOOK);
            }
          }
        });
  }

  /** The mutex of a scheduler, by the word that may be a copy where it is the kernel's own. */
  private int mutexOf(int scheduler) {
    if (scheduler == KernelRun.NONE || scheduler == memory.ll) {
      return kernel.load(TrustWord.LOCK);
    }
    kernel.touch(Touch.LOCK, scheduler);
    return cpu.load(ZephyrLl.LOCK, scheduler);
  }

  /** {@code user_ll_lock_sched()}. */
  public boolean lockSlot() {
    return run.take(
        run.canBegin(),
        () -> {
          kernel.begin(Routine.SCHED, Step.UNLOCK);
          int mutex = slot();
          kernel.touch(Touch.LOCK, mutex);
          Mutex.lock(cpu, mutex);
          setOwner(cpu.thread());
        });
  }

  /** {@code user_ll_unlock_sched()}. */
  public boolean unlockSlot() {
    return run.take(
        run.isAt(Routine.SCHED, Step.UNLOCK),
        () -> {
          int mutex = slot();
          requireOwner();
          kernel.touch(Touch.UNLOCK, mutex);
          Mutex.unlock(cpu, mutex);
          run.idle();
        });
  }

  private int slot() {
    int mutex = kernel.load(TrustWord.LOCKS);
    if (mutex == 0) {
      kernel.touch(Touch.ASSERT, KernelRun.NONE);
      throw new KernelAssert("zephyr_ll_locks[core] != NULL");
    }
    return mutex;
  }

  private void requireOwner() {
    if (kernel.load(TrustWord.OWNER) != cpu.thread()) {
      kernel.touch(Touch.ASSERT, KernelRun.NONE);
      throw new KernelAssert("zephyr_ll_lock_owner[core] == k_current_get()");
    }
    setOwner(0);
  }

  private void setOwner(int thread) {
    cpu.store32(
        kernel.keeps(TrustWord.OWNER)
            ? memory.copy(TrustWord.OWNER)
            : memory.address(TrustWord.OWNER),
        thread);
  }

  /** {@code zephyr_ll_task_insert_unlocked()}, and counts the task. */
  public boolean insert() {
    return run.take(
        run.isAt(Routine.SCHEDULE, Step.INSERT),
        () -> {
          if (kernel.design.has(Fix.EDIT_LISTS_AS_USER)) {
            if (asUser(() -> link(false))) {
              cpu.store(Task.STATE, memory.task, Task.STATE_QUEUED);
              countUp();
            }
          } else {
            cpu.store(Task.STATE, memory.task, Task.STATE_QUEUED);
            link(true);
            countUp();
          }
          run.go(Routine.SCHEDULE, Step.RELEASE);
        });
  }

  private void countUp() {
    cpu.store(ZephyrLl.N_TASKS, memory.ll, cpu.load(ZephyrLl.N_TASKS, memory.ll) + 1);
  }

  private void link(boolean traced) {
    int head = ZephyrLl.TASKS.in(memory.ll);
    int priority = cpu.load(Task.PRIORITY, memory.task);
    int item = ListItem.next(cpu, head);
    for (int walked = 0; item != head; walked++) {
      if (walked == MOST_TASKS) {
        throw new EndlessLoop("the list of LL tasks has no end");
      }
      if (traced) {
        kernel.touch(Touch.INSERT, item);
      }
      if (priority < cpu.load(Task.PRIORITY, Task.LIST.container(item))) {
        break;
      }
      item = ListItem.next(cpu, item);
    }
    if (traced) {
      trace(Touch.INSERT, ListItem.prev(cpu, item));
    }
    ListItem.append(cpu, Task.LIST.in(memory.task), item);
  }

  /** Notes what comes before an item, unless that is the head, which is in no object. */
  private void trace(Touch touch, int prev) {
    if (prev != ZephyrLl.TASKS.in(memory.ll)) {
      kernel.touch(touch, prev);
    }
  }

  /** Works with the rights of the LL thread, and tells whether it survived that. */
  private boolean asUser(Runnable work) {
    int thread = cpu.thread();
    cpu.enter(Mode.USER, memory.domain, 0, memory.userThread);
    try {
      work.run();
      return true;
    } catch (MemoryFault | EndlessLoop killed) {
      return false;
    } finally {
      cpu.enter(Mode.KERNEL, memory.domain, 0, thread);
    }
  }

  /** {@code zephyr_ll_task_done()}: takes the task off the list. */
  public boolean unlink() {
    return run.take(
        run.isAt(Routine.FREE, Step.UNLINK),
        () -> {
          int pdata = kernel.load(TrustWord.TASK_PRIV_DATA);
          int item = Task.LIST.in(memory.task);
          boolean unlinked = true;
          if (kernel.design.has(Fix.EDIT_LISTS_AS_USER)) {
            unlinked = asUser(() -> ListItem.delete(cpu, item));
          } else {
            kernel.touch(Touch.UNLINK, ListItem.next(cpu, item));
            trace(Touch.UNLINK, ListItem.prev(cpu, item));
            ListItem.delete(cpu, item);
          }
          if (unlinked) {
            run.go(Routine.FREE, Step.COUNT);
            run.keep(pdata);
          } else {
            run.go(Routine.FREE, Step.RELEASE);
          }
        });
  }

  /** Gives the semaphore of the task if somebody waits for it, and counts the task down. */
  public boolean countDown() {
    return run.take(
        run.isAt(Routine.FREE, Step.COUNT),
        () -> {
          int tasks = cpu.load(ZephyrLl.N_TASKS, memory.ll);
          if (tasks == 0 && !kernel.design.has(Fix.COUNT_WITHOUT_PANIC)) {
            kernel.touch(Touch.PANIC, KernelRun.NONE);
            throw new KernelPanic("task count underrun!");
          }
          cpu.store(Task.STATE, memory.task, Task.STATE_FREE);
          data.giveIfFreeing(run.argument());
          cpu.store(ZephyrLl.N_TASKS, memory.ll, Math.max(0, tasks - 1));
          run.go(Routine.FREE, Step.DOMAIN);
        });
  }

  /** {@code zephyr_ll_unlock()}: asserts that the caller has the lock. */
  public boolean release(Routine routine) {
    return run.take(
        run.isAt(routine, Step.RELEASE),
        () -> {
          requireOwner();
          run.go(routine, Step.UNLOCK);
        });
  }

  /** Unlocks the mutex. */
  public boolean unlock(Routine routine) {
    return run.take(
        run.isAt(routine, Step.UNLOCK),
        () -> {
          int mutex = kernel.load(TrustWord.LOCK);
          kernel.touch(Touch.UNLOCK, mutex);
          Mutex.unlock(cpu, mutex);
          if (routine == Routine.SCHEDULE && isQueued()) {
            run.go(routine, Step.DOMAIN);
          } else if (routine == Routine.FREE && isRunning()) {
            run.go(routine, Step.WAIT);
          } else if (routine == Routine.FREE && !isQueued() && run.pdata() != KernelRun.NONE) {
            run.go(routine, Step.LOCK);
          } else {
            run.setPdata(KernelRun.NONE);
            run.idle();
          }
        });
  }

  private boolean isRunning() {
    return cpu.load(Task.STATE, memory.task) == Task.STATE_RUNNING;
  }

  /** {@code zephyr_ll_run()} in the LL thread: runs the task, for the first time. */
  public boolean runTask() {
    return run.take(
        run.canBegin() && canRun(),
        () ->
            asUser(
                () -> {
                  cpu.store(TaskData.RUN, cpu.load(Task.PRIV_DATA, memory.task), 1);
                  cpu.store(Task.STATE, memory.task, Task.STATE_RUNNING);
                }));
  }

  private boolean canRun() {
    return cpu.ram().load32(Task.STATE.in(memory.task)) == Task.STATE_QUEUED
        && cpu.ram().load32(Task.PRIV_DATA.in(memory.task)) == memory.taskData;
  }

  /** {@code k_sem_take()}, while the LL thread is done with the task. */
  public boolean waitForTask() {
    return run.take(
        run.isAt(Routine.FREE, Step.WAIT),
        () -> {
          if (asUser(this::doneAsUser) && data.namesSemaphore()) {
            Semaphore.give(cpu, memory.taskSemaphore);
            cpu.store(ZephyrLl.N_TASKS, memory.ll, cpu.load(ZephyrLl.N_TASKS, memory.ll) - 1);
          }
          data.takeSemaphore();
          run.go(Routine.FREE, Step.LOCK);
        });
  }

  /**
   * {@code zephyr_ll_task_done()} in the LL thread. It ends there if it cannot read the private
   * data, or has no permission for the semaphore that is named there.
   */
  private void doneAsUser() {
    ListItem.delete(cpu, Task.LIST.in(memory.task));
    cpu.store(Task.STATE, memory.task, Task.STATE_FREE);
    int pdata = cpu.load(Task.PRIV_DATA, memory.task);
    cpu.load(TaskData.FREEING, pdata);
    cpu.load(TaskData.SEM_P, pdata);
  }

  /** Calls the operation of the domain. */
  public boolean callDomain(Routine routine) {
    boolean first = routine == Routine.CONTEXT;
    return run.take(
        first ? run.canBegin() : run.isAt(routine, Step.DOMAIN),
        () -> {
          if (first) {
            kernel.begin(routine, Step.DOMAIN);
          }
          int ops = kernel.load(TrustWord.DOMAIN_OPS);
          kernel.touch(Touch.DOMAIN, ops);
          Field operation =
              switch (routine) {
                case SCHEDULE -> DomainOps.REGISTER;
                case FREE -> DomainOps.UNREGISTER;
                default -> DomainOps.THREAD_INIT;
              };
          kernel.call(Touch.DOMAIN, cpu.load(operation, ops));
        });
  }

  /** {@code schedule_task()} of a DP task. */
  public boolean callDp() {
    return run.take(
        run.canBegin(),
        () -> {
          kernel.begin(Routine.DP, Step.CALL);
          kernel.call(Touch.CALL, kernel.load(TrustWord.DP_SCHEDULE_TASK));
        });
  }
}
