package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Cpu;

/**
 * {@code zephyr_ll_task_init(task, ...)}: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529. One
 * step: nobody else knows of the task yet.
 */
final class LlTaskInit {
  private final LlPlatform platform;
  private final GenericLayer generic;
  private final TaskSemaphores semaphores;
  private final Cpu cpu;

  LlTaskInit(LlPlatform platform, GenericLayer generic, TaskSemaphores semaphores) {
    this.platform = platform;
    this.generic = generic;
    this.semaphores = semaphores;
    this.cpu = platform.cpu();
  }

  int init(int task, int type, int priority, int run, int data, int core) {
    if (cpu.load(Task.PRIV_DATA, task) != 0) {
      return -Errno.EEXIST;
    }
    if (platform.user()
        && platform.design().has(Fix.REFUSE_KERNEL_TASK)
        && !cpu.mayWrite(platform.machine().userDomain(), task, Task.STRUCT.size())) {
      return -Errno.EINVAL;
    }
    platform.check(cpu.core() == core, "the caller must run on the requested core");
    int bound = generic.scheduleTaskInit(task, type, priority, run, data, core);
    if (bound < 0) {
      return bound;
    }
    int heap = platform.user() ? platform.userHeap() : 0;
    int flags = (platform.user() ? MemFlags.USER : MemFlags.KERNEL) | MemFlags.COHERENT;
    int pdata = platform.memory().alloc("pdata", task, heap, flags, platform.pdata().size(), 0);
    if (pdata == 0) {
      platform.tracing().error("alloc failed");
      return -Errno.ENOMEM;
    }
    cpu.zero(pdata, platform.pdata().size());
    cpu.store(Task.PRIV_DATA, task, pdata);
    if (platform.design().has(Defect.SHARED_SEMAPHORE)) {
      int sch = cpu.load(ScheduleData.DATA, cpu.load(Task.SCH, task));
      cpu.store(LlPdata.SEM_P, pdata, ZephyrLl.SHARED_SEM.in(sch));
    } else if (platform.config().dynamicObjects()) {
      int allocated = semaphores.alloc(task);
      if (allocated < 0) {
        platform.memory().free(pdata);
        if (!platform.design().has(Defect.FAILED_INIT_KEEPS_POINTER)) {
          cpu.store(Task.PRIV_DATA, task, 0);
        }
        return allocated;
      }
    } else {
      cpu.store(LlPdata.SEM_P, pdata, LlPdata.SEM.in(pdata));
    }
    platform.sync().initSemaphore(cpu.load(LlPdata.SEM_P, pdata), 0, 1);
    return 0;
  }
}
