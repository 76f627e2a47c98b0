package io.ringfence.firmware.ll;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_domain_register_user(domain, task, handler, arg)}, only bookkeeping: SOF {@code
 * src/schedule/zephyr_domain.c}, 12dd726529.
 */
final class DomainRegisterUser extends Routine {
  /** The steps. */
  enum At {
    P1_CHECK_THREAD,
    P2_SET_HANDLER
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_register_user";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field DOMAIN = LAYOUT.pointer("domain");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field HANDLER = LAYOUT.function("handler");
  private static final Field ARG = LAYOUT.pointer("arg");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlThreads threads;
  private final Cpu cpu;

  DomainRegisterUser(LlPlatform platform, LlThreads threads) {
    super(FRAME, At.values());
    this.platform = platform;
    this.threads = threads;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int core = cpu.load(Task.CORE, frame.get(TASK));
    switch (At.values()[frame.pc()]) {
      case P1_CHECK_THREAD -> {
        if (core >= platform.config().cores()) {
          frame.ret(-Errno.EINVAL);
          return;
        }
        int dt = platform.domainThread(platform.zephyrDomain(frame.get(DOMAIN)), core);
        if (cpu.load(DomainThread.LL_THREAD, dt) == 0) {
          platform.tracing().error("domain_thread_init() not called for the core");
          frame.ret(-Errno.EINVAL);
          return;
        }
        int handler = cpu.load(DomainThread.HANDLER, dt);
        platform.check(
            handler == 0 || handler == frame.get(HANDLER), "the core has another handler");
        if (handler != 0) {
          frame.ret(0);
        } else {
          frame.go(At.P2_SET_HANDLER);
        }
      }
      case P2_SET_HANDLER -> {
        int dt = platform.domainThread(platform.zephyrDomain(frame.get(DOMAIN)), core);
        cpu.store(DomainThread.HANDLER, dt, frame.get(HANDLER));
        cpu.store(DomainThread.ARG, dt, frame.get(ARG));
        threads.registered(core, true);
        frame.ret(0);
      }
    }
  }
}
