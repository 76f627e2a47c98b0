package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_domain_thread_free(domain, num_tasks)} of the user build, for the current core: SOF
 * {@code src/schedule/zephyr_domain.c}, 12dd726529.
 */
final class DomainThreadFree extends Routine {
  /** The steps. */
  enum At {
    W1_LOCK,
    W1_AWAIT_TICK,
    W2_STOP_TIMER,
    W2_CLEAR_HANDLER,
    W3_ABORT,
    W4_FREE_SEM
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_thread_free";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field DOMAIN = LAYOUT.pointer("domain");
  private static final Field NUM_TASKS = LAYOUT.u32("num_tasks");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlThreads threads;
  private final DomainLock lock;
  private final CallbackLock callback;
  private final Cpu cpu;

  DomainThreadFree(LlPlatform platform, LlThreads threads) {
    super(FRAME, At.values());
    this.platform = platform;
    this.threads = threads;
    this.lock = new DomainLock(platform);
    this.callback = new CallbackLock(platform);
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int domain = frame.get(DOMAIN);
    int zephyrDomain = platform.zephyrDomain(domain);
    int dt = platform.domainThread(zephyrDomain, cpu.core());
    switch (At.values()[frame.pc()]) {
      case W1_LOCK -> {
        frame.go(locksInside(platform) ? At.W1_AWAIT_TICK : At.W2_STOP_TIMER);
        lock.lock(domain);
      }
      case W1_AWAIT_TICK -> {
        frame.go(At.W2_STOP_TIMER);
        platform.sync().lock(cpu.load32(platform.machine().element("zephyr_ll_locks", cpu.core())));
      }
      case W2_STOP_TIMER -> {
        if (!callback.spins(domain)) {
          if (isLast(frame, domain)) {
            threads.stopTimer(zephyrDomain, cpu.core());
          }
          frame.go(At.W2_CLEAR_HANDLER);
        }
      }
      case W2_CLEAR_HANDLER -> {
        if (!callback.spins(domain)) {
          cpu.store(DomainThread.HANDLER, dt, 0);
          cpu.store(DomainThread.ARG, dt, 0);
          threads.registered(cpu.core(), false);
          frame.go(At.W3_ABORT);
          lock.unlock(domain);
        }
      }
      case W3_ABORT -> {
        int thread = cpu.load(DomainThread.LL_THREAD, dt);
        frame.go(At.W4_FREE_SEM);
        if (thread != 0) {
          int id = cpu.load(KThread.ID, thread);
          platform.kernel().abort(thread);
          platform.sync().objects().threadEnds(id);
          platform.memory().freeObject(thread);
          cpu.store(DomainThread.LL_THREAD, dt, 0);
          cpu.store32(platform.machine().element("ll_thread_tid", cpu.core()), 0);
        }
      }
      case W4_FREE_SEM -> {
        int sem = cpu.load(DomainThread.SEM, dt);
        if (sem != 0) {
          platform.memory().freeObject(sem);
          cpu.store(DomainThread.SEM, dt, 0);
        }
        frame.ret(0);
      }
    }
  }

  /** Whether the caller leaves it to this function to wait for the end of a tick. */
  static boolean locksInside(LlPlatform platform) {
    return platform.design().has(Fix.THREAD_BEFORE_LOCK)
        && platform.design().has(Defect.TEARDOWN_LOCKS_DOMAIN_FIRST);
  }

  /** Whether the timer has nobody to wake any more. */
  private boolean isLast(Frame frame, int domain) {
    if (!platform.design().has(Fix.THREAD_BEFORE_LOCK)) {
      return frame.get(NUM_TASKS) == 0 && cpu.load(LlScheduleDomain.TOTAL_NUM_TASKS, domain) == 0;
    }
    for (int core = 0; core < platform.config().cores(); core++) {
      if (core != cpu.core()
          && cpu.load32(platform.machine().element("ll_thread_tid", core)) != 0) {
        return false;
      }
    }
    return true;
  }
}
