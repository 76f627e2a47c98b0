package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.firmware.thread.Sync;
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

  @Override
  protected void step(Frame frame) {
    int dt = platform.domainThread(frame.get(ZEPHYR_DOMAIN), frame.get(CORE));
    switch (At.values()[frame.pc()]) {
      case L0_TAKE -> {
        frame.go(At.L1_HANDLER);
        platform.sync().take(cpu.load(DomainThread.SEM, dt), Sync.FOREVER);
      }
      case L1_HANDLER ->
          frame.go(cpu.load(DomainThread.HANDLER, dt) == 0 ? At.L0_TAKE : At.L2_CALL);
      case L2_CALL ->
          frame.call(
              cpu.load(DomainThread.HANDLER, dt), At.L0_TAKE, cpu.load(DomainThread.ARG, dt));
    }
  }
}
