package io.ringfence.firmware.ll;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Struct;

/** {@code zephyr_ll_init_context(sch, task)}: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529. */
final class InitContext extends Routine {
  /** The steps. */
  enum At {
    X1_THREAD_INIT,
    X1_RETURNED,
    X2_GRANT
  }

  /** The name of the function. */
  static final String NAME = "zephyr_ll_init_context";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field PDATA = LAYOUT.pointer("pdata");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final Cpu cpu;

  InitContext(LlPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    int domain = cpu.load(ZephyrLl.LL_DOMAIN, sch);
    switch (At.values()[frame.pc()]) {
      case X1_THREAD_INIT -> {
        frame.set(PDATA, cpu.load(Task.PRIV_DATA, frame.get(TASK)));
        int ops = cpu.load(LlScheduleDomain.OPS, domain);
        frame.call(
            cpu.load(DomainOps.DOMAIN_THREAD_INIT, ops), At.X1_RETURNED, domain, frame.get(TASK));
      }
      case X1_RETURNED -> {
        if (frame.result() < 0) {
          platform.tracing().error("cannot init_context");
          frame.ret(0);
        } else {
          frame.go(At.X2_GRANT);
        }
      }
      case X2_GRANT -> {
        platform.check(cpu.mode() == Mode.KERNEL, "the caller must not be in user mode");
        int dt = platform.domainThread(platform.zephyrDomain(domain), grantee(frame));
        int thread = cpu.load(DomainThread.LL_THREAD, dt);
        platform.memory().grant(thread, cpu.load(ZephyrLl.LOCK, sch));
        platform.memory().grant(thread, cpu.load(LlPdata.SEM_P, frame.get(PDATA)));
        frame.ret(thread);
      }
    }
  }

  /** As merged, the thread of the current core, whichever core the task is for. */
  private int grantee(Frame frame) {
    return platform.design().has(Fix.GRANT_TO_TASK_CORE)
        ? cpu.load(Task.CORE, frame.get(TASK))
        : cpu.core();
  }
}
