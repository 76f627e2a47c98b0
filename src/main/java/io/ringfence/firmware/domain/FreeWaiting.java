package io.ringfence.firmware.domain;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.LlLock;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * Takes the first task off the list: {@code zephyr_ll_task_free()} of a task that waits for its
 * turn. The task is not released, so that it can be scheduled again.
 */
public final class FreeWaiting extends Routine {
  /** The steps. */
  enum At {
    F1_LOCK,
    F2_DECIDE,
    F5_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  public static final String NAME = "free_waiting";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;

  FreeWaiting(LlPlatform platform, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case F1_LOCK -> lock.lock(frame, sch, FLAGS, At.F2_DECIDE);
      case F2_DECIDE -> {
        // The task can be done by now.
        if (ListItem.isEmpty(platform.cpu(), ZephyrLl.TASKS.in(sch))) {
          lock.unlock(frame, sch, FLAGS, At.RETURN);
        } else {
          FirstTask.done(platform, frame, At.F5_UNLOCK, sch);
        }
      }
      case F5_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }
}
