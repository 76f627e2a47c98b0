package io.ringfence.firmware.ll;

import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.schedule.SchedulerInfo;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code scheduler_get_task_info_ll(props, data_off_size)}: SOF {@code src/schedule/zephyr_ll.c},
 * 12dd726529. Does not ask whether there is a scheduler (O-01).
 */
final class TaskInfo extends Routine {
  /** The steps. */
  enum At {
    I1_GET_DATA,
    I2_LOCK,
    I3_WRITE,
    I4_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  static final String NAME = "scheduler_get_task_info_ll";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field PROPS = LAYOUT.pointer("scheduler_props");
  private static final Field SIZE = LAYOUT.pointer("data_off_size");
  private static final Field SCH = LAYOUT.pointer("ll_sch");
  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Struct FRAME = LAYOUT.build();

  private static final int PROCESSING_DOMAIN_LL = 0;

  private final LlPlatform platform;
  private final GenericLayer generic;
  private final LlLock lock;

  TaskInfo(LlPlatform platform, GenericLayer generic, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.generic = generic;
    this.lock = lock;
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case I1_GET_DATA -> {
        platform
            .cpu()
            .store(SchedulerInfo.PROCESSING_DOMAIN, frame.get(PROPS), PROCESSING_DOMAIN_LL);
        frame.set(SCH, generic.getData(SchedulerType.LL_TIMER.ordinal()));
        frame.go(At.I2_LOCK);
      }
      case I2_LOCK -> lock.lock(frame, sch, FLAGS, At.I3_WRITE);
      case I3_WRITE -> {
        SchedulerInfo.write(
            platform.cpu(), frame.get(PROPS), frame.get(SIZE), ZephyrLl.TASKS.in(sch));
        frame.go(At.I4_UNLOCK);
      }
      case I4_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }
}
