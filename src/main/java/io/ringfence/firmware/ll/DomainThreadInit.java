package io.ringfence.firmware.ll;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_domain_thread_init(domain, task)} of the user build, called by kernel threads: SOF
 * {@code src/schedule/zephyr_domain.c}, 12dd726529.
 */
final class DomainThreadInit extends Routine {
  /** The steps. */
  enum At {
    V1_CHECK_CORE,
    V3_CLEAR_HANDLER,
    V4_ALLOC_SEM,
    V5_ALLOC_THREAD,
    V6_CREATE_THREAD,
    V7_GRANT,
    V8_START,
    V9_LOCK,
    V9_START_TIMER,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_thread_init";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field DOMAIN = LAYOUT.pointer("domain");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field CORE = LAYOUT.u32("core");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlThreads threads;
  private final Cpu cpu;

  DomainThreadInit(LlPlatform platform, LlThreads threads) {
    super(FRAME, At.values());
    this.platform = platform;
    this.threads = threads;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int domain = frame.get(DOMAIN);
    int core = frame.get(CORE);
    int zephyrDomain = platform.zephyrDomain(domain);
    int dt = platform.domainThread(zephyrDomain, core);
    switch (At.values()[frame.pc()]) {
      case V1_CHECK_CORE -> checkCore(frame, domain);
      case V3_CLEAR_HANDLER -> {
        cpu.store(DomainThread.HANDLER, dt, 0);
        cpu.store(DomainThread.ARG, dt, 0);
        frame.go(At.V4_ALLOC_SEM);
      }
      case V4_ALLOC_SEM -> {
        int sem = platform.memory().allocObject("tick_sem", domain, ObjectType.SEM);
        cpu.store(DomainThread.SEM, dt, sem);
        if (sem == 0) {
          platform.tracing().error("failed to allocate a semaphore");
          frame.ret(-Errno.ENOMEM);
          return;
        }
        platform.sync().initSemaphore(sem, 0, platform.config().tickLimit());
        frame.go(At.V5_ALLOC_THREAD);
      }
      case V5_ALLOC_THREAD -> allocThread(frame, domain, dt);
      case V6_CREATE_THREAD -> {
        int thread = cpu.load(DomainThread.LL_THREAD, dt);
        threads.create(thread, domain, core);
        cpu.store32(platform.machine().element("ll_thread_tid", core), thread);
        frame.go(At.V7_GRANT);
      }
      case V7_GRANT -> {
        int thread = cpu.load(DomainThread.LL_THREAD, dt);
        platform.kernel().join(thread, platform.machine().userDomain());
        platform.memory().grant(thread, cpu.load(DomainThread.SEM, dt));
        platform.memory().grant(thread, cpu.load(LlScheduleDomain.LOCK, domain));
        platform.memory().grant(thread, cpu.load(ZephyrDomain.TIMER, zephyrDomain));
        frame.go(At.V8_START);
      }
      case V8_START -> {
        platform.kernel().start(cpu.load(DomainThread.LL_THREAD, dt));
        frame.go(At.V9_LOCK);
      }
      case V9_LOCK -> {
        frame.go(At.V9_START_TIMER);
        platform.sync().lock(cpu.load(LlScheduleDomain.LOCK, domain));
      }
      case V9_START_TIMER -> {
        threads.startTimer(zephyrDomain);
        frame.go(At.RETURN);
        platform.sync().unlock(cpu.load(LlScheduleDomain.LOCK, domain));
      }
      case RETURN -> frame.ret(0);
    }
  }

  private void checkCore(Frame frame, int domain) {
    int core = cpu.load(Task.CORE, frame.get(TASK));
    frame.set(CORE, core);
    if (core >= platform.config().cores()) {
      frame.ret(-Errno.EINVAL);
      return;
    }
    int dt = platform.domainThread(platform.zephyrDomain(domain), core);
    if (cpu.load(DomainThread.LL_THREAD, dt) != 0) {
      frame.ret(0);
    } else {
      frame.go(At.V3_CLEAR_HANDLER);
    }
  }

  private void allocThread(Frame frame, int domain, int dt) {
    int thread = platform.memory().allocObject("thread", domain, ObjectType.THREAD);
    cpu.store(DomainThread.LL_THREAD, dt, thread);
    if (thread == 0) {
      platform.tracing().error("failed to allocate a thread");
      platform.memory().freeObject(cpu.load(DomainThread.SEM, dt));
      cpu.store(DomainThread.SEM, dt, 0);
      frame.ret(-Errno.ENOMEM);
      return;
    }
    frame.go(At.V6_CREATE_THREAD);
  }
}
