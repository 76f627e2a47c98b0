package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.machine.Cpu;

/**
 * {@code zephyr_ll_scheduler_init(domain)}, run by a kernel thread on each core: SOF {@code
 * src/schedule/zephyr_ll.c}, 12dd726529.
 */
final class LlSchedulerInit {
  private final LlPlatform platform;
  private final GenericLayer generic;
  private final Cpu cpu;

  LlSchedulerInit(LlPlatform platform, GenericLayer generic) {
    this.platform = platform;
    this.generic = generic;
    this.cpu = platform.cpu();
  }

  int init(int domain) {
    int core = cpu.core();
    int heap = platform.user() ? platform.userHeap() : 0;
    int flags = (platform.user() ? MemFlags.USER : MemFlags.KERNEL) | MemFlags.COHERENT;
    int type = cpu.load(LlScheduleDomain.TYPE, domain);
    int sch = platform.memory().alloc("ll_sched", type, heap, flags, ZephyrLl.STRUCT.size(), 0);
    if (sch == 0) {
      platform.tracing().error("allocation failed");
      return -Errno.ENOMEM;
    }
    cpu.zero(sch, ZephyrLl.STRUCT.size());
    ListItem.init(cpu, ZephyrLl.TASKS.in(sch));
    cpu.store(ZephyrLl.LL_DOMAIN, sch, domain);
    cpu.store(ZephyrLl.CORE, sch, core);
    // With B-30 the counter is what lay in its memory, for example 1.
    cpu.store(ZephyrLl.N_TASKS, sch, platform.design().has(Defect.COUNTER_NOT_ZEROED) ? 1 : 0);
    ListItem.init(cpu, ZephyrLl.RAN.in(sch));
    Semaphore.init(cpu, ZephyrLl.SHARED_SEM.in(sch), 0, 1);
    cpu.store(ZephyrLl.HEAP, sch, heap);
    if (platform.user() && !initLock(sch, type, core)) {
      return -Errno.ENOMEM;
    }
    generic.schedulerInit(type, platform.machine().address("zephyr_ll_ops"), sch);
    return 0;
  }

  private boolean initLock(int sch, int type, int core) {
    int lock = platform.memory().allocObject("ll_lock", type, ObjectType.MUTEX);
    cpu.store(ZephyrLl.LOCK, sch, lock);
    if (lock == 0) {
      platform.tracing().error("mutex allocation failed");
      platform.memory().free(sch);
      return false;
    }
    int slot = platform.machine().element("zephyr_ll_locks", core);
    platform.check(
        core < platform.config().cores() && cpu.load32(slot) == 0,
        "the core must not have an LL instance yet");
    cpu.store32(slot, lock);
    Mutex.init(cpu, lock);
    return true;
  }
}
