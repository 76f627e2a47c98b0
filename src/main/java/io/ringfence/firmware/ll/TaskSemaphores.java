package io.ringfence.firmware.ll;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.syscalls.SyscallVerifier;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;
import java.util.function.IntSupplier;

/**
 * The semaphores of tasks in a build with dynamic objects: {@code zephyr_ll_task_sem_alloc(task)}
 * and {@code zephyr_ll_task_sem_free(task)} of SOF {@code src/schedule/zephyr_ll.c} at 12dd726529,
 * in user mode system calls. Each is one step.
 */
final class TaskSemaphores {
  private final LlPlatform platform;
  private final Cpu cpu;
  private final SyscallVerifier verifier;

  TaskSemaphores(LlPlatform platform) {
    this.platform = platform;
    this.cpu = platform.cpu();
    this.verifier = new SyscallVerifier(cpu);
  }

  int alloc(int task) {
    return call(task, () -> implAlloc(task));
  }

  int free(int task) {
    return call(task, () -> implFree(task));
  }

  private int call(int task, IntSupplier implementation) {
    Mode caller = cpu.raise();
    try {
      if (caller == Mode.USER) {
        if (task == 0) {
          return -Errno.EINVAL;
        }
        verifier.oopsIf(!verifier.mayWrite(task, Task.STRUCT.size()), "the task");
        int pdata = cpu.load(Task.PRIV_DATA, task);
        if (pdata == 0) {
          return -Errno.EINVAL;
        }
        verifier.oopsIf(
            !verifier.mayWrite(pdata, platform.pdata().size()), "the task's private data");
      }
      return implementation.getAsInt();
    } finally {
      cpu.lower(caller);
    }
  }

  private int implAlloc(int task) {
    int pdata = cpu.load(Task.PRIV_DATA, task);
    int heap = 0;
    int record =
        platform
            .memory()
            .alloc("sem_record", task, heap, MemFlags.COHERENT, SemRecord.STRUCT.size(), 0);
    if (record == 0) {
      return -Errno.ENOMEM;
    }
    int sem = platform.memory().allocObject("sem", task, ObjectType.SEM);
    if (sem == 0) {
      platform.memory().free(record);
      return -Errno.ENOMEM;
    }
    cpu.store(SemRecord.SEM, record, sem);
    Semaphore.init(cpu, sem, 0, 1);
    if (platform.user()) {
      int thread = llThread(cpu.load(Task.CORE, task));
      if (thread != 0) {
        platform.memory().grant(thread, sem);
      }
    }
    cpu.store(SemRecord.TASK, record, task);
    cpu.store(LlPdata.SEM_P, pdata, sem);
    ListItem.append(cpu, SemRecord.LIST.in(record), list());
    return 0;
  }

  /** {@code zephyr_domain_thread_tid_for_core(core)}. */
  private int llThread(int core) {
    return core < platform.config().cores()
        ? cpu.load32(platform.machine().element("ll_thread_tid", core))
        : 0;
  }

  private int implFree(int task) {
    int pdata = cpu.load(Task.PRIV_DATA, task);
    int record = find(task);
    if (record == 0) {
      return -Errno.ENOENT;
    }
    int sem = cpu.load(SemRecord.SEM, record);
    if (cpu.load(LlPdata.SEM_P, pdata) != sem) {
      return -Errno.EINVAL;
    }
    ListItem.delete(cpu, SemRecord.LIST.in(record));
    platform.memory().freeObject(sem);
    platform.memory().free(record);
    return 0;
  }

  private int find(int task) {
    int list = list();
    for (int item = ListItem.next(cpu, list); item != list; item = ListItem.next(cpu, item)) {
      int record = SemRecord.LIST.container(item);
      if (cpu.load(SemRecord.TASK, record) == task) {
        return record;
      }
    }
    return 0;
  }

  private int list() {
    return platform.machine().address("zephyr_ll_task_sem_list");
  }
}
