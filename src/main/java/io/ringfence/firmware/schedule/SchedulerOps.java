package io.ringfence.firmware.schedule;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct scheduler_ops}: a table of function pointers. */
public final class SchedulerOps {
  private static final Struct.Builder LAYOUT = Struct.define("scheduler_ops");

  /** Mandatory. */
  public static final Field SCHEDULE_TASK = LAYOUT.function("schedule_task");

  /** Optional: else the task is scheduled as usual. */
  public static final Field SCHEDULE_TASK_BEFORE = LAYOUT.function("schedule_task_before");

  /** Optional: else the task is scheduled as usual. */
  public static final Field SCHEDULE_TASK_AFTER = LAYOUT.function("schedule_task_after");

  /** Optional. */
  public static final Field SCHEDULE_TASK_RUNNING = LAYOUT.function("schedule_task_running");

  /** Optional. */
  public static final Field RESCHEDULE_TASK = LAYOUT.function("reschedule_task");

  /** Mandatory. */
  public static final Field SCHEDULE_TASK_CANCEL = LAYOUT.function("schedule_task_cancel");

  /** Mandatory. */
  public static final Field SCHEDULE_TASK_FREE = LAYOUT.function("schedule_task_free");

  /** Optional. */
  public static final Field SCHEDULER_INIT_CONTEXT = LAYOUT.function("scheduler_init_context");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private SchedulerOps() {}
}
