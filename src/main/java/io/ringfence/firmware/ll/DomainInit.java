package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.machine.Cpu;

/**
 * {@code zephyr_domain_init(clk)} with {@code domain_init()}, run once at boot on core 0: SOF
 * {@code src/schedule/zephyr_domain.c} and {@code ll_schedule_domain.h}, 12dd726529.
 */
final class DomainInit {
  private final LlPlatform platform;
  private final Cpu cpu;

  DomainInit(LlPlatform platform) {
    this.platform = platform;
    this.cpu = platform.cpu();
  }

  int init(int type) {
    int heap = platform.user() ? platform.userHeap() : 0;
    int flags = (platform.user() ? MemFlags.USER : MemFlags.KERNEL) | MemFlags.COHERENT;
    int domain = zeroed("domain", type, heap, flags, LlScheduleDomain.STRUCT.size());
    cpu.store(LlScheduleDomain.TYPE, domain, type);
    cpu.store(LlScheduleDomain.OPS, domain, platform.machine().address("zephyr_domain_ops"));
    int zephyrDomain =
        zeroed(
            "zephyr_domain",
            type,
            heap,
            flags,
            ZephyrDomain.bytes(platform.domainThread(), platform.config().cores()));
    cpu.store(ZephyrDomain.LL_DOMAIN, zephyrDomain, domain);
    if (platform.user()) {
      int lock = platform.memory().allocObject("domain_lock", type, ObjectType.MUTEX);
      Mutex.init(cpu, lock);
      cpu.store(LlScheduleDomain.LOCK, domain, lock);
      int timer = platform.memory().allocObject("timer", type, ObjectType.TIMER);
      cpu.zero(timer, KTimer.STRUCT.size());
      cpu.store(ZephyrDomain.TIMER, zephyrDomain, timer);
    } else {
      cpu.store(ZephyrDomain.TIMER, zephyrDomain, ZephyrDomain.TIMER_OBJ.in(zephyrDomain));
      for (int core = 0; core < platform.config().cores(); core++) {
        int dt = platform.domainThread(zephyrDomain, core);
        initSemaphore(zephyrDomain, dt);
      }
    }
    cpu.store(LlScheduleDomain.PRIV_DATA, domain, zephyrDomain);
    return domain;
  }

  private void initSemaphore(int zephyrDomain, int dt) {
    boolean shared = platform.design().has(Defect.ONE_TICK_SEMAPHORE);
    int owner = shared ? platform.domainThread(zephyrDomain, 0) : dt;
    cpu.store(DomainThread.SEM, dt, DomainThread.SEM_OBJ.in(owner));
    if (shared || platform.design().has(Fix.HANDLER_LAST)) {
      Semaphore.init(cpu, DomainThread.SEM_OBJ.in(dt), 0, platform.config().tickLimit());
    }
  }

  /** Boot cannot go on without: there is always room for these. */
  private int zeroed(String what, int type, int heap, int flags, int bytes) {
    int block = platform.memory().alloc(what, type, heap, flags, bytes, 0);
    cpu.zero(block, bytes);
    return block;
  }
}
