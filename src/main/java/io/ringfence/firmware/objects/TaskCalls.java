package io.ringfence.firmware.objects;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.PrivilegedInstruction;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.objects.ObjectsMachine.Boot;
import io.ringfence.firmware.objects.ObjectsMachine.Outcome;
import io.ringfence.firmware.objects.ObjectsMachine.TaskState;
import io.ringfence.firmware.objects.UserThreads.Name;
import io.ringfence.firmware.syscalls.CpuId;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * What the IPC thread and the LL thread do with a task that is the only one of its scheduler: SOF
 * {@code zephyr_ll.c} and {@code zephyr_domain.c} at 12dd726529.
 */
public final class TaskCalls {
  private final Design design;
  private final ObjectsMachine machine;
  private final Cpu cpu;
  private final UserThreads threads;

  TaskCalls(Design design, ObjectsMachine machine) {
    this.design = design;
    this.machine = machine;
    this.cpu = machine.cpu;
    this.threads = machine.threads();
  }

  private boolean takesCommands() {
    return threads.life(Name.IPC) == Life.RUNNING
        && (machine.boot() == Boot.END || machine.boot() == Boot.ENDED);
  }

  /** {@code zephyr_ll_task_init()}. */
  public boolean initTask() {
    return takesCommands()
        && machine.taskState() == TaskState.NONE
        && machine.run(
            Name.IPC,
            "zephyr_ll_task_init",
            () -> {
              cpu.store(ObjectsMachine.STATE, machine.task, ObjectsMachine.STATE_INIT);
              cpu.store(ObjectsMachine.FREEING, machine.task, 0);
              cpu.store(ObjectsMachine.HAS_PDATA, machine.task, 1);
              if (design.has(Defect.SEMAPHORE_IN_USER_MEMORY)) {
                int sem = ObjectsMachine.EMBEDDED_SEM.in(machine.task);
                Semaphore.init(cpu, sem, 0, 1);
                cpu.store(Handle.SEM.field(), machine.handles, sem);
              } else {
                allocSemaphore();
              }
            });
  }

  /** {@code zephyr_ll_task_sem_alloc()}. */
  private void allocSemaphore() {
    Mode mode = cpu.raise();
    Semaphore.init(cpu, machine.alloc(Handle.SEM, Name.IPC), 0, 1);
    if (!design.has(Defect.NO_SEMAPHORE_GRANT) && threads.life(Name.LL0) != Life.ENDED) {
      machine.grant(Handle.SEM, Name.LL0);
    }
    cpu.lower(mode);
  }

  /** {@code zephyr_ll_task_schedule()}. */
  public boolean scheduleTask() {
    return takesCommands()
        && machine.taskState() == TaskState.INIT
        && machine.run(
            Name.IPC,
            "zephyr_ll_task_schedule",
            () -> {
              Mutex.lock(cpu, machine.checked(Handle.LOCK, Name.IPC));
              cpu.lower(Mode.USER);
              cpu.store(ObjectsMachine.STATE, machine.task, ObjectsMachine.STATE_QUEUED);
              Mutex.unlock(cpu, machine.checked(Handle.LOCK, Name.IPC));
              cpu.lower(Mode.USER);
              if (design.has(Defect.PRIVILEGED_REGISTER)) {
                PrivilegedInstruction.execute(cpu, "mask interrupts for a spin lock");
              }
            });
  }

  /** {@code schedule_task()} of a DP task. */
  public boolean scheduleDp() {
    return takesCommands()
        && machine.run(
            Name.IPC,
            "schedule_task",
            () -> {
              if (design.has(Defect.CPU_ID_DIRECT)) {
                CpuId.read(cpu);
              } else {
                CpuId.get(cpu);
              }
            });
  }

  /** {@code zephyr_ll_task_free()}, up to where it waits for a task that ran. */
  public boolean freeTask() {
    TaskState state = machine.taskState();
    return takesCommands()
        && (state == TaskState.INIT || state == TaskState.QUEUED || state == TaskState.RAN)
        && machine.run(
            Name.IPC,
            "zephyr_ll_task_free",
            () -> {
              Mutex.lock(cpu, machine.checked(Handle.LOCK, Name.IPC));
              cpu.lower(Mode.USER);
              if (state == TaskState.QUEUED) {
                taskDone(Name.IPC);
              }
              cpu.store(ObjectsMachine.FREEING, machine.task, 1);
              Mutex.unlock(cpu, machine.checked(Handle.LOCK, Name.IPC));
              cpu.lower(Mode.USER);
              if (state != TaskState.RAN) {
                forget();
              }
            });
  }

  /** The rest of it. */
  public boolean endFree() {
    return takesCommands()
        && machine.taskState() == TaskState.DONE
        && machine.run(
            Name.IPC,
            "zephyr_ll_task_free",
            () -> {
              boolean taken = take(Handle.SEM, Name.IPC);
              forget();
              if (!taken) {
                machine.note(Name.IPC, Outcome.TIMEOUT, ObjectsMachine.NO_HANDLE);
              }
            });
  }

  /** {@code zephyr_ll_task_sem_free()}, and frees the task's data. */
  private void forget() {
    Mode mode = cpu.raise();
    machine.table().free(machine.handle(Handle.SEM));
    cpu.lower(mode);
    cpu.zero(Handle.SEM.field().in(machine.handles), Handle.SEM.field().size());
    cpu.zero(machine.task, ObjectsMachine.TASK_STRUCT.size());
  }

  // The LL thread of core 0.

  /** {@code zephyr_ll_run()}, when the timer gave the semaphore. */
  public boolean tick() {
    return threads.life(Name.LL0) == Life.RUNNING
        && machine.run(
            Name.LL0,
            "zephyr_ll_run",
            () -> {
              int tick = cpu.load(Handle.TICK0.field(), machine.handles);
              fromTimer(tick);
              take(Handle.TICK0, Name.LL0);
              Mutex.lock(cpu, machine.checked(Handle.LOCK, Name.LL0));
              cpu.lower(Mode.USER);
              TaskState state = machine.taskState();
              if (state == TaskState.QUEUED) {
                cpu.store(ObjectsMachine.STATE, machine.task, ObjectsMachine.STATE_RUNNING);
              } else if (state == TaskState.FREEING) {
                taskDone(Name.LL0);
              }
              Mutex.unlock(cpu, machine.checked(Handle.LOCK, Name.LL0));
              cpu.lower(Mode.USER);
            });
  }

  /** The timer interrupt gives the semaphore if it is one. */
  private void fromTimer(int tick) {
    Mode mode = cpu.raise();
    if (machine.table().isObject(tick)) {
      Semaphore.give(cpu, tick);
    }
    cpu.lower(mode);
  }

  /** {@code zephyr_ll_task_done()} of the last task. */
  private void taskDone(Name thread) {
    cpu.store(ObjectsMachine.STATE, machine.task, ObjectsMachine.STATE_FREE);
    if (cpu.load(ObjectsMachine.FREEING, machine.task) != 0) {
      give(thread);
    }
    Mutex.lock(cpu, machine.checked(Handle.DOMAIN, thread));
    Mutex.unlock(cpu, machine.checked(Handle.DOMAIN, thread));
    cpu.lower(Mode.USER);
  }

  /** Gives the task's semaphore. One in user memory is unknown to the kernel, which says so. */
  private void give(Name thread) {
    if (!design.has(Defect.SEMAPHORE_IN_USER_MEMORY)) {
      Semaphore.give(cpu, machine.checked(Handle.SEM, thread));
      cpu.lower(Mode.USER);
    }
  }

  private boolean take(Handle handle, Name thread) {
    if (handle == Handle.SEM && design.has(Defect.SEMAPHORE_IN_USER_MEMORY)) {
      return false;
    }
    boolean taken = Semaphore.take(cpu, machine.checked(handle, thread)) == 0;
    cpu.lower(Mode.USER);
    return taken;
  }
}
