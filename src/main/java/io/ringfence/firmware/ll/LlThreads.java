package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Kernel.ThreadConfig;
import io.ringfence.machine.Cpu;

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

  /** Starts the timer unless its user data are set, which says that it runs. */
  void startTimer(int zephyrDomain) {
    int timer = cpu.load(ZephyrDomain.TIMER, zephyrDomain);
    if (cpu.load(KTimer.USER_DATA, timer) == 0) {
      KTimer.init(cpu, timer);
      cpu.store(KTimer.USER_DATA, timer, zephyrDomain);
      cpu.store(KTimer.RUNNING, timer, 1);
      platform.tracing().timerStarted(timer);
    }
  }

  /** Stops the timer and clears its user data. */
  void stopTimer(int zephyrDomain) {
    int timer = cpu.load(ZephyrDomain.TIMER, zephyrDomain);
    stop(timer);
    cpu.store(KTimer.USER_DATA, timer, 0);
  }

  private void stop(int timer) {
    cpu.store(KTimer.RUNNING, timer, 0);
    platform.tracing().timerStopped(timer);
  }

  /**
   * {@code zephyr_domain_timer_fn(timer)}: the interrupt handler.
   *
   * @param timer a timer that runs
   */
  void expire(int timer) {
    int zephyrDomain = cpu.load(KTimer.USER_DATA, timer);
    if (zephyrDomain == 0) {
      stop(timer);
      return;
    }
    for (int core = 0; core < platform.config().cores(); core++) {
      int dt = platform.domainThread(zephyrDomain, core);
      if (cpu.load(DomainThread.HANDLER, dt) != 0) {
        platform.sync().give(cpu.load(DomainThread.SEM, dt));
      }
    }
  }
}
