package io.ringfence.firmware.ll;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.firmware.thread.Sync;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code zephyr_domain_thread_fn(zephyr_domain, core)}, the LL thread: SOF {@code
 * src/schedule/zephyr_domain.c}, 12dd726529. Never returns.
 */
final class DomainThreadFn extends Routine {
  /** The steps. */
  enum At {
    L0_TAKE,
    L1_HANDLER,
    L2_CALL
  }

  /** The name of the function. */
  static final String NAME = "zephyr_domain_thread_fn";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field ZEPHYR_DOMAIN = LAYOUT.pointer("zephyr_domain");
  private static final Field CORE = LAYOUT.u32("core");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final Cpu cpu;

  DomainThreadFn(LlPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
    this.cpu = platform.cpu();
  }

  /** Whether a thread waits, or is about to wait, for the next tick. */
  static boolean awaitsTick(Kernel kernel, int thread) {
    ThreadState state = KThread.state(kernel.cpu().ram(), thread);
    return (state == ThreadState.READY || state == ThreadState.PENDING)
        && kernel.label(thread).equals(At.L0_TAKE.name());
  }

  @Override
  protected void step(Frame frame) {
    int dt = platform.domainThread(frame.get(ZEPHYR_DOMAIN), frame.get(CORE));
    switch (At.values()[frame.pc()]) {
      case L0_TAKE -> {
        frame.go(At.L1_HANDLER);
        platform.sync().take(cpu.load(DomainThread.SEM, dt), Sync.FOREVER);
      }
      case L1_HANDLER -> {
        int handler = cpu.load(DomainThread.HANDLER, dt);
        if (handler == 0) {
          frame.go(At.L0_TAKE);
        } else if (platform.design().has(Fix.LOAD_HANDLER_ONCE)) {
          call(frame, handler, dt);
        } else {
          frame.go(At.L2_CALL);
        }
      }
      case L2_CALL -> call(frame, cpu.load(DomainThread.HANDLER, dt), dt);
    }
  }

  private void call(Frame frame, int handler, int dt) {
    frame.call(handler, At.L0_TAKE, cpu.load(DomainThread.ARG, dt));
  }
}
