package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
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
    Q3_CHECK_TOTAL,
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

  /** Whether no task was left on any core. */
  private static final Field LAST = LAYOUT.u32("last");

  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlThreads threads;
  private final DomainLock lock;
  private final LateUpdates late;
  private final Cpu cpu;
  private final Design design;

  DomainUnregister(LlPlatform platform, LlThreads threads) {
    super(FRAME, At.values());
    this.platform = platform;
    this.threads = threads;
    this.lock = new DomainLock(platform);
    this.late = new LateUpdates(platform);
    this.cpu = platform.cpu();
    this.design = platform.design();
  }

  @Override
  protected void step(Frame frame) {
    int domain = frame.get(DOMAIN);
    int zephyrDomain = platform.zephyrDomain(domain);
    int dt = platform.domainThread(zephyrDomain, cpu.core());
    switch (At.values()[frame.pc()]) {
      case Q1_CHECK_TASKS -> {
        if (frame.get(NUM_TASKS) != 0 || completes(dt)) {
          late.tasksLeft(domain);
          frame.ret(0);
        } else {
          frame.go(testsOutsideLock() ? At.Q3_CHECK_TOTAL : At.Q2_LOCK);
        }
      }
      case Q2_LOCK -> {
        if (!lock.spins(domain)) {
          frame.set(KEY, lock.enter(domain));
          frame.go(testsOutsideLock() ? afterTest(frame) : At.Q3_CHECK_TOTAL);
        }
      }
      case Q3_CHECK_TOTAL -> {
        frame.set(LAST, late.isLast(domain) ? 1 : 0);
        frame.go(testsOutsideLock() ? At.Q2_LOCK : afterTest(frame));
      }
      case Q3_STOP_TIMER -> {
        threads.stopTimer(zephyrDomain, cpu.core());
        frame.go(At.Q4_CLEAR_HANDLER);
      }
      case Q4_CLEAR_HANDLER -> {
        late.beforeAbort(domain, dt);
        threads.registered(cpu.core(), false);
        lock.leave(domain, frame.get(KEY));
        frame.go(design.has(Fix.KEEP_LL_THREAD) ? At.RETURN : At.Q5_ABORT);
      }
      case Q5_ABORT -> {
        frame.go(At.RETURN);
        abort(domain, dt);
      }
      case RETURN -> frame.ret(0);
    }
  }

  /** With B-48 nothing is done for a task that completes. */
  private boolean completes(int dt) {
    return design.has(Defect.COMPLETION_KEEPS_CORE)
        && cpu.thread() == cpu.load(DomainThread.LL_THREAD, dt);
  }

  private boolean testsOutsideLock() {
    return design.has(Defect.TEST_OUTSIDE_LOCK);
  }

  private static At afterTest(Frame frame) {
    return frame.get(LAST) != 0 ? At.Q3_STOP_TIMER : At.Q4_CLEAR_HANDLER;
  }

  private void abort(int domain, int dt) {
    int thread = cpu.load(DomainThread.LL_THREAD, dt);
    int masked = cpu.load(KThread.MASKED, thread);
    platform.kernel().abort(thread);
    if (design.has(Defect.LOCK_OUTLIVES_THREAD)) {
      // The lock was a spin lock then: its core never gets it again.
      cpu.store(KThread.MASKED, thread, masked);
    }
    if (thread != cpu.thread()) {
      late.afterAbort(domain, dt);
    }
  }
}
