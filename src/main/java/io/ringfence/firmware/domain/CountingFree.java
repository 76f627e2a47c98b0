package io.ringfence.firmware.domain;

import io.ringfence.firmware.ll.LlLock;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** A task is freed that waits for its turn: what {@code zephyr_ll_task_free()} does to counters. */
public final class CountingFree extends Routine {
  /** The steps. */
  enum At {
    F1_LOCK,
    F1_CHECK,
    F5_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  public static final String NAME = "counting_free";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;

  CountingFree(LlPlatform platform, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case F1_LOCK -> lock.lock(frame, sch, FLAGS, At.F1_CHECK);
      case F1_CHECK -> {
        // The task can be done by now.
        if (platform.cpu().load(ZephyrLl.N_TASKS, sch) == 0) {
          lock.unlock(frame, sch, FLAGS, At.RETURN);
        } else {
          frame.call(
              platform.kernel().function(CountingDone.NAME), At.F5_UNLOCK, sch, frame.get(TASK));
        }
      }
      case F5_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }
}
