package io.ringfence.firmware.domain;

import io.ringfence.firmware.ll.DomainOps;
import io.ringfence.firmware.ll.LateUpdates;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** A task leaves: the end of {@code zephyr_ll_task_done()}. Need not return. */
final class CountingDone extends Routine {
  /** The steps, with the LL lock held. */
  enum At {
    U1_UNCOUNT,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "counting_done";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Struct FRAME = LAYOUT.build();

  private final LateUpdates late;
  private final Cpu cpu;

  CountingDone(LlPlatform platform) {
    super(FRAME, At.values());
    this.late = new LateUpdates(platform);
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    switch (At.values()[frame.pc()]) {
      case U1_UNCOUNT -> {
        int sch = frame.get(SCH);
        int left = cpu.load(ZephyrLl.N_TASKS, sch) - 1;
        cpu.store(ZephyrLl.N_TASKS, sch, left);
        int domain = cpu.load(ZephyrLl.LL_DOMAIN, sch);
        late.beforeCall(domain);
        int ops = cpu.load(LlScheduleDomain.OPS, domain);
        frame.call(
            cpu.load(DomainOps.DOMAIN_UNREGISTER, ops), At.RETURN, domain, frame.get(TASK), left);
      }
      case RETURN -> frame.ret(0);
    }
  }
}
