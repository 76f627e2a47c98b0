package io.ringfence.firmware.ll;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Sync;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Struct;

/**
 * What the routines of the LL scheduler are linked against. Nothing here changes after boot: all
 * state is in RAM.
 */
public record LlPlatform(
    LlConfig config, LlMachine machine, Kernel kernel, Sync sync, LlMemory memory) {

  /** {@code LL_TIMER_PERIOD_US}. */
  static final int PERIOD_MICROS = 1000;

  /** The processor. */
  public Cpu cpu() {
    return machine.cpu();
  }

  /** Which fixes and defects there are. */
  public Design design() {
    return config.design();
  }

  Tracing tracing() {
    return kernel.tracing();
  }

  /** Whether this is the user build. */
  public boolean user() {
    return config.user();
  }

  /** {@code assert()}. */
  void check(boolean condition, String message) {
    if (!condition && config.design().asserts()) {
      throw new KernelAssert(message);
    }
  }

  /** {@code zephyr_ll_user_heap()}: reads a word that user space can write. */
  int userHeap() {
    return cpu().load32(machine.address("zephyr_ll_heap"));
  }

  /** The layout of an element of {@code domain_thread[]}. */
  Struct domainThread() {
    return user() ? DomainThread.USER : DomainThread.KERNEL;
  }

  /** {@code zephyr_domain->domain_thread + core}. */
  int domainThread(int zephyrDomain, int core) {
    return ZephyrDomain.thread(zephyrDomain, domainThread(), core);
  }

  /** {@code ll_sch_domain_get_pdata()}. */
  int zephyrDomain(int domain) {
    return cpu().load(LlScheduleDomain.PRIV_DATA, domain);
  }

  /** The layout of a task's private data. */
  Struct pdata() {
    return config.dynamicObjects() ? LlPdata.DYNAMIC : LlPdata.EMBEDDED;
  }

  /** {@code k_is_in_isr()}. */
  boolean inIsr() {
    int thread = cpu().thread();
    return thread == 0 || cpu().ram().load32(KThread.ISR.in(thread)) != 0;
  }
}
