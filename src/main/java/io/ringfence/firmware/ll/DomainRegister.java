package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.ObjectMisuse;
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
    P6_CHECK_TIMER,
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
  private final DomainLock lock;
  private final Cpu cpu;
  private final boolean handlerLast;

  DomainRegister(LlPlatform platform, LlThreads threads) {
    super(FRAME, At.values());
    this.platform = platform;
    this.threads = threads;
    this.lock = new DomainLock(platform);
    this.cpu = platform.cpu();
    this.handlerLast = platform.design().has(Fix.HANDLER_LAST);
  }

  @Override
  protected void step(Frame frame) {
    int domain = frame.get(DOMAIN);
    int zephyrDomain = platform.zephyrDomain(domain);
    int dt = platform.domainThread(zephyrDomain, cpu.core());
    switch (At.values()[frame.pc()]) {
      case P1_CHECK_HANDLER -> {
        if (cpu.load(DomainThread.HANDLER, dt) != 0) {
          frame.ret(0);
        } else {
          frame.go(handlerLast ? At.P4_CREATE_THREAD : At.P2_SET_HANDLER);
        }
      }
      case P2_SET_HANDLER -> {
        cpu.store(DomainThread.HANDLER, dt, frame.get(HANDLER));
        cpu.store(DomainThread.ARG, dt, frame.get(ARG));
        threads.registered(cpu.core(), true);
        frame.go(handlerLast ? At.P5_LOCK : At.P3_INIT_SEM);
      }
      case P3_INIT_SEM -> {
        initSemaphore(dt);
        frame.go(At.P4_CREATE_THREAD);
      }
      case P4_CREATE_THREAD -> {
        createThread(domain, dt);
        frame.go(handlerLast ? At.P2_SET_HANDLER : At.P5_LOCK);
      }
      case P5_LOCK -> {
        if (!lock.spins(domain)) {
          frame.set(KEY, lock.enter(domain));
          frame.go(At.P6_CHECK_TIMER);
        }
      }
      case P6_CHECK_TIMER -> {
        boolean skips =
            threads.hasTimer(zephyrDomain) || platform.design().has(Defect.TIMER_NOT_STARTED);
        frame.go(skips ? At.P7_UNLOCK : At.P6_START_TIMER);
      }
      case P6_START_TIMER -> {
        threads.startTimer(zephyrDomain, cpu.core());
        frame.go(At.P7_UNLOCK);
      }
      case P7_UNLOCK -> {
        lock.leave(domain, frame.get(KEY));
        frame.go(At.RETURN);
      }
      case RETURN -> frame.ret(0);
    }
  }

  /** Whoever waits for a semaphore that is initialized waits for ever. */
  private void initSemaphore(int dt) {
    if (DomainThreadFn.awaitsTick(platform.kernel(), DomainThread.LL_THREAD_OBJ.in(dt))) {
      throw new ObjectMisuse(ObjectType.SEM, "a semaphore is initialized that a thread waits for");
    }
    if (!platform.design().has(Defect.ONE_TICK_SEMAPHORE)) {
      Semaphore.init(cpu, cpu.load(DomainThread.SEM, dt), 0, platform.config().tickLimit());
    }
  }

  private void createThread(int domain, int dt) {
    int thread = DomainThread.LL_THREAD_OBJ.in(dt);
    if (!threads.isAlive(thread)) {
      cpu.store(DomainThread.LL_THREAD, dt, thread);
      threads.create(thread, domain, cpu.core());
      platform.kernel().start(thread);
    } else if (!platform.design().has(Fix.KEEP_LL_THREAD)) {
      throw new ObjectMisuse(ObjectType.THREAD, "a thread is created that is alive");
    }
  }
}
