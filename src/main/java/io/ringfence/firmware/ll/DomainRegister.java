package io.ringfence.firmware.ll;

import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_domain_register(domain, task, handler, arg)} of the kernel build: SOF {@code
 * src/schedule/zephyr_domain.c}, 12dd726529.
 */
final class DomainRegister extends Routine {
  /** The steps. */
  enum At {
    P1_CHECK_HANDLER,
    P2_SET_HANDLER,
    P3_INIT_SEM,
    P4_CREATE_THREAD,
    P5_LOCK,
    P6_START_TIMER,
    P7_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_register";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field DOMAIN = LAYOUT.pointer("domain");

  static {
    LAYOUT.pointer("task");
  }

  private static final Field HANDLER = LAYOUT.function("handler");
  private static final Field ARG = LAYOUT.pointer("arg");
  private static final Field KEY = LAYOUT.u32("key");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlThreads threads;
  private final SpinLock spinLock;
  private final Cpu cpu;

  DomainRegister(LlPlatform platform, LlThreads threads) {
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
      case P1_CHECK_HANDLER -> {
        if (cpu.load(DomainThread.HANDLER, dt) != 0) {
          frame.ret(0);
        } else {
          frame.go(At.P2_SET_HANDLER);
        }
      }
      case P2_SET_HANDLER -> {
        cpu.store(DomainThread.HANDLER, dt, frame.get(HANDLER));
        cpu.store(DomainThread.ARG, dt, frame.get(ARG));
        frame.go(At.P3_INIT_SEM);
      }
      case P3_INIT_SEM -> {
        Semaphore.init(cpu, cpu.load(DomainThread.SEM, dt), 0, platform.config().tickLimit());
        frame.go(At.P4_CREATE_THREAD);
      }
      case P4_CREATE_THREAD -> {
        int thread = DomainThread.LL_THREAD_OBJ.in(dt);
        cpu.store(DomainThread.LL_THREAD, dt, thread);
        threads.create(thread, domain, cpu.core());
        platform.kernel().start(thread);
        frame.go(At.P5_LOCK);
      }
      case P5_LOCK -> {
        if (!spinLock.isTaken(lock)) {
          frame.set(KEY, spinLock.lock(lock));
          frame.go(At.P6_START_TIMER);
        }
      }
      case P6_START_TIMER -> {
        threads.startTimer(zephyrDomain);
        frame.go(At.P7_UNLOCK);
      }
      case P7_UNLOCK -> {
        spinLock.unlock(lock, frame.get(KEY));
        frame.go(At.RETURN);
      }
      case RETURN -> frame.ret(0);
    }
  }
}
