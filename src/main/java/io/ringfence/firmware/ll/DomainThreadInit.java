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
    V2_CHECK_THREAD,
    V3_CLEAR_HANDLER,
    V4_ALLOC_SEM,
    V5_ALLOC_THREAD,
    V6_CREATE_THREAD,
    V7_GRANT,
    V8_START,
    V9_LOCK,
    V9_CHECK_TIMER,
    V9_START_TIMER,
    V9_UNLOCK,
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
  private final DomainLock lock;
  private final CallbackLock callback;
  private final Cpu cpu;

  DomainThreadInit(LlPlatform platform, LlThreads threads) {
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
    int core = frame.get(CORE);
    int zephyrDomain = platform.zephyrDomain(domain);
    int dt = platform.domainThread(zephyrDomain, core);
    switch (At.values()[frame.pc()]) {
      case V1_CHECK_CORE -> checkCore(frame);
      case V2_CHECK_THREAD -> {
        if (cpu.load(DomainThread.LL_THREAD, dt) != 0) {
          frame.ret(0);
        } else {
          frame.go(At.V3_CLEAR_HANDLER);
        }
      }
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
        frame.go(At.V9_CHECK_TIMER);
        lock.lock(domain);
      }
      case V9_CHECK_TIMER ->
          frame.go(threads.hasTimer(zephyrDomain) ? At.V9_UNLOCK : At.V9_START_TIMER);
      case V9_START_TIMER -> {
        if (!callback.spins(domain)) {
          threads.startTimer(zephyrDomain, core);
          frame.go(At.V9_UNLOCK);
        }
      }
      case V9_UNLOCK -> {
        frame.go(At.RETURN);
        lock.unlock(domain);
      }
      case RETURN -> frame.ret(0);
    }
  }

  private void checkCore(Frame frame) {
    int core = cpu.load(Task.CORE, frame.get(TASK));
    frame.set(CORE, core);
    if (core >= platform.config().cores()) {
      frame.ret(-Errno.EINVAL);
    } else {
      frame.go(At.V2_CHECK_THREAD);
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
