package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The timer interrupt: {@code z_timer_expiration_handler()} of Zephyr {@code kernel/timer.c}, and
 * the callback that it calls, {@code zephyr_domain_timer_fn(timer)} of SOF {@code
 * src/schedule/zephyr_domain.c}, 12dd726529.
 */
final class TimerInterrupt extends Routine {
  /** The steps. */
  enum At {
    I2_REARM,
    I3_READ_DATA,
    I4_STOP_TIMER,
    I5_TEST_HANDLER,
    I6_GIVE
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_timer_fn";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field TIMER = LAYOUT.pointer("timer");

  /** Where the repair R-131 has its lock; the source has no such argument. */
  private static final Field DOMAIN = LAYOUT.pointer("domain");

  private static final Field ZEPHYR_DOMAIN = LAYOUT.pointer("zephyr_domain");

  /** The core whose handler is looked at. */
  private static final Field CORE = LAYOUT.u32("core");

  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final CallbackLock lock;
  private final Cpu cpu;

  TimerInterrupt(LlPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = new CallbackLock(platform);
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int timer = frame.get(TIMER);
    switch (At.values()[frame.pc()]) {
      case I2_REARM -> {
        if (KTimer.rearm(cpu, timer)) {
          frame.go(At.I3_READ_DATA);
        } else {
          frame.ret(0);
        }
      }
      case I3_READ_DATA -> readData(frame, cpu.load(KTimer.USER_DATA, timer));
      case I4_STOP_TIMER -> {
        KTimer.stop(cpu, timer);
        platform.tracing().timerStopped(timer);
        end(frame);
      }
      case I5_TEST_HANDLER -> {
        if (cpu.load(DomainThread.HANDLER, domainThread(frame)) != 0) {
          frame.go(At.I6_GIVE);
        } else {
          goOn(frame);
        }
      }
      case I6_GIVE -> {
        give(domainThread(frame));
        goOn(frame);
      }
    }
  }

  private void readData(Frame frame, int zephyrDomain) {
    if (lock.spins(frame.get(DOMAIN))) {
      return;
    }
    lock.enter(frame.get(DOMAIN));
    frame.set(ZEPHYR_DOMAIN, zephyrDomain);
    if (zephyrDomain != 0) {
      frame.go(At.I5_TEST_HANDLER);
    } else if (platform.design().has(Defect.NO_STOP_IN_CALLBACK)) {
      end(frame);
    } else {
      frame.go(At.I4_STOP_TIMER);
    }
  }

  private int domainThread(Frame frame) {
    return platform.domainThread(frame.get(ZEPHYR_DOMAIN), frame.get(CORE));
  }

  private void give(int dt) {
    int sem = cpu.load(DomainThread.SEM, dt);
    if (!platform.design().has(Defect.SUSPEND_AND_WAKE) || isSuspended(dt)) {
      platform.sync().give(sem);
    }
  }

  /** The semaphore stands for the suspension here: only a thread that waits can be woken. */
  private boolean isSuspended(int dt) {
    int thread = cpu.load(DomainThread.LL_THREAD, dt);
    return thread != 0 && DomainThreadFn.awaitsTick(platform.kernel(), thread);
  }

  private void goOn(Frame frame) {
    int next = frame.get(CORE) + 1;
    if (next == platform.config().cores()) {
      end(frame);
    } else {
      frame.set(CORE, next);
      frame.go(At.I5_TEST_HANDLER);
    }
  }

  private void end(Frame frame) {
    lock.leave(frame.get(DOMAIN));
    frame.ret(0);
  }
}
