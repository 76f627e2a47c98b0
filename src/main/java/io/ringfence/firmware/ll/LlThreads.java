package io.ringfence.firmware.ll;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel.ThreadConfig;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/** The LL threads and the timer that wakes them: what both builds of the timer domain share. */
final class LlThreads {
  /** {@code CONFIG_LL_THREAD_PRIORITY}: the best cooperative priority. */
  private static final int PRIORITY = -16;

  private final LlPlatform platform;
  private final Cpu cpu;

  LlThreads(LlPlatform platform) {
    this.platform = platform;
    this.cpu = platform.cpu();
  }

  /** {@code k_thread_create(thread, ll_sched_stack[core], ..., zephyr_domain_thread_fn, ...)}. */
  void create(int thread, int domain, int core) {
    int type = cpu.load(LlScheduleDomain.TYPE, domain);
    int index = platform.config().domains().indexOf(type) * platform.config().cores() + core;
    platform
        .kernel()
        .create(
            thread,
            new ThreadConfig(
                platform.config().threads().size() + index,
                platform.machine().element("ll_sched_stack", index),
                PRIORITY,
                core,
                platform.user()));
    platform
        .kernel()
        .call(
            thread,
            platform.kernel().function(DomainThreadFn.NAME),
            platform.zephyrDomain(domain),
            core);
  }

  /** Whether an LL thread is there: created, and not aborted. */
  boolean isAlive(int thread) {
    ThreadState state = ThreadState.at(cpu.load(KThread.STATE, thread));
    return state != ThreadState.NONE && state != ThreadState.DEAD;
  }

  /** Whether the user data of the timer are set, which says that it runs. */
  boolean hasTimer(int zephyrDomain) {
    return cpu.load(KTimer.USER_DATA, cpu.load(ZephyrDomain.TIMER, zephyrDomain)) != 0;
  }

  /** Starts the timer, and the watchdog of a core. */
  void startTimer(int zephyrDomain, int core) {
    int timer = cpu.load(ZephyrDomain.TIMER, zephyrDomain);
    if (!platform.design().has(Fix.INIT_TIMER_ONCE)) {
      KTimer.init(cpu, timer);
    }
    cpu.store(KTimer.USER_DATA, timer, zephyrDomain);
    KTimer.start(cpu, timer);
    platform.tracing().timerStarted(timer);
    if (!watchesEachCore()) {
      watchdog(core, true);
    }
  }

  /** Stops the watchdog of a core, and the timer, and clears its user data. */
  void stopTimer(int zephyrDomain, int core) {
    if (!watchesEachCore()) {
      watchdog(core, false);
    }
    int timer = cpu.load(ZephyrDomain.TIMER, zephyrDomain);
    KTimer.stop(cpu, timer);
    platform.tracing().timerStopped(timer);
    cpu.store(KTimer.USER_DATA, timer, 0);
  }

  /** A core is registered, or no longer: the repaired design's place for its watchdog. */
  void registered(int core, boolean now) {
    if (watchesEachCore()) {
      // The user build needs a system call here.
      Mode caller = cpu.raise();
      watchdog(core, now);
      cpu.lower(caller);
    }
  }

  private boolean watchesEachCore() {
    return platform.design().has(Fix.WATCHDOG_OF_EACH_CORE);
  }

  private void watchdog(int core, boolean on) {
    cpu.store32(platform.machine().element("watchdog", core), on ? 1 : 0);
  }
}
