package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_domain_unregister_user(domain, task, num_tasks)}: SOF {@code
 * src/schedule/zephyr_domain.c}, 12dd726529. Thread and timer go on.
 */
final class DomainUnregisterUser extends Routine {
  /** The steps. */
  enum At {
    Q1_CHECK_TASKS,
    Q2_LOCK,
    Q4_CLEAR_HANDLER,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_unregister_user";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field DOMAIN = LAYOUT.pointer("domain");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field NUM_TASKS = LAYOUT.u32("num_tasks");
  private static final Field CORE = LAYOUT.u32("core");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlThreads threads;
  private final DomainLock lock;
  private final Cpu cpu;

  DomainUnregisterUser(LlPlatform platform, LlThreads threads) {
    super(FRAME, At.values());
    this.platform = platform;
    this.threads = threads;
    this.lock = new DomainLock(platform);
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int domain = frame.get(DOMAIN);
    switch (At.values()[frame.pc()]) {
      case Q1_CHECK_TASKS -> {
        frame.set(CORE, cpu.load(Task.CORE, frame.get(TASK)));
        if (frame.get(NUM_TASKS) != 0) {
          frame.ret(0);
        } else {
          frame.go(At.Q2_LOCK);
        }
      }
      case Q2_LOCK -> {
        frame.go(At.Q4_CLEAR_HANDLER);
        lock.lock(domain);
      }
      case Q4_CLEAR_HANDLER -> {
        int dt = platform.domainThread(platform.zephyrDomain(domain), frame.get(CORE));
        if (!platform.design().has(Defect.HANDLER_STAYS)) {
          cpu.store(DomainThread.HANDLER, dt, 0);
        }
        threads.registered(frame.get(CORE), false);
        frame.go(At.RETURN);
        lock.unlock(domain);
      }
      case RETURN -> frame.ret(0);
    }
  }
}
