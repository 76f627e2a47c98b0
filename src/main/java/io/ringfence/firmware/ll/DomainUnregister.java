package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_domain_unregister(domain, task, num_tasks)} of the kernel build: SOF {@code
 * src/schedule/zephyr_domain.c}, 12dd726529. Does not return if it ends the thread that calls it.
 */
final class DomainUnregister extends Routine {
  /** The steps. */
  enum At {
    Q1_CHECK_TASKS,
    Q2_LOCK,
    Q3_STOP_TIMER,
    Q4_CLEAR_HANDLER,
    Q5_ABORT,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_unregister";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field DOMAIN = LAYOUT.pointer("domain");

  static {
    LAYOUT.pointer("task");
  }

  private static final Field NUM_TASKS = LAYOUT.u32("num_tasks");
  private static final Field KEY = LAYOUT.u32("key");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlThreads threads;
  private final SpinLock spinLock;
  private final Cpu cpu;

  DomainUnregister(LlPlatform platform, LlThreads threads) {
    super(FRAME, At.values());
    this.platform = platform;
    this.threads = threads;
    this.spinLock = new SpinLock(platform.kernel());
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int domain = frame.get(DOMAIN);
    int zephyrDomain = platform.zephyrDomain(domain);
    int dt = platform.domainThread(zephyrDomain, cpu.core());
    int lock = LlScheduleDomain.LOCK.in(domain);
    switch (At.values()[frame.pc()]) {
      case Q1_CHECK_TASKS -> {
        if (frame.get(NUM_TASKS) != 0) {
          frame.ret(0);
        } else {
          frame.go(At.Q2_LOCK);
        }
      }
      case Q2_LOCK -> {
        if (!spinLock.isTaken(lock)) {
          frame.set(KEY, spinLock.lock(lock));
          frame.go(At.Q3_STOP_TIMER);
        }
      }
      case Q3_STOP_TIMER -> {
        if (cpu.load(LlScheduleDomain.TOTAL_NUM_TASKS, domain) == 0) {
          threads.stopTimer(zephyrDomain);
        }
        frame.go(At.Q4_CLEAR_HANDLER);
      }
      case Q4_CLEAR_HANDLER -> {
        if (!platform.design().has(Defect.HANDLER_STAYS)) {
          cpu.store(DomainThread.HANDLER, dt, 0);
        }
        spinLock.unlock(lock, frame.get(KEY));
        frame.go(At.Q5_ABORT);
      }
      case Q5_ABORT -> {
        int thread = cpu.load(DomainThread.LL_THREAD, dt);
        int masked = cpu.load(KThread.MASKED, thread);
        frame.go(At.RETURN);
        platform.kernel().abort(thread);
        if (platform.design().has(Defect.LOCK_OUTLIVES_THREAD)) {
          // The lock was a spin lock then: its core never gets it again.
          cpu.store(KThread.MASKED, thread, masked);
        }
      }
      case RETURN -> frame.ret(0);
    }
  }
}
