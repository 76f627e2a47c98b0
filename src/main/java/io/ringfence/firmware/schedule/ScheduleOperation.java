package io.ringfence.firmware.schedule;

import io.ringfence.machine.Field;

/** The wrappers of SOF {@code sof/schedule/schedule.h}: what they call, and what they check. */
public enum ScheduleOperation {
  /** {@code schedule_task()}. */
  SCHEDULE(SchedulerOps.SCHEDULE_TASK, Absent.NEVER, false),
  /** {@code schedule_task_before()}. */
  BEFORE(SchedulerOps.SCHEDULE_TASK_BEFORE, Absent.SCHEDULES, false),
  /** {@code schedule_task_after()}. */
  AFTER(SchedulerOps.SCHEDULE_TASK_AFTER, Absent.SCHEDULES, false),
  /** {@code schedule_task_running()}. */
  RUNNING(SchedulerOps.SCHEDULE_TASK_RUNNING, Absent.RETURNS_ZERO, false),
  /** {@code reschedule_task()}. */
  RESCHEDULE(SchedulerOps.RESCHEDULE_TASK, Absent.RETURNS_ZERO, false),
  /** {@code schedule_task_cancel()}. */
  CANCEL(SchedulerOps.SCHEDULE_TASK_CANCEL, Absent.NEVER, true),
  /** {@code schedule_task_free()}. */
  FREE(SchedulerOps.SCHEDULE_TASK_FREE, Absent.NEVER, true),
  /** {@code scheduler_init_context()}, which asserts that the task is bound. */
  INIT_CONTEXT(SchedulerOps.SCHEDULER_INIT_CONTEXT, Absent.RETURNS_ZERO, false);

  /** What the wrapper does without the operation. */
  enum Absent {
    /** The operation is mandatory and not checked again. */
    NEVER,
    /** Falls back to {@code schedule_task}. */
    SCHEDULES,
    /** Returns 0, or NULL. */
    RETURNS_ZERO
  }

  // A Field is a record of immutable parts, which the checker cannot see.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Field function;

  private final Absent absent;
  private final boolean checked;

  ScheduleOperation(Field function, Absent absent, boolean checked) {
    this.function = function;
    this.absent = absent;
    this.checked = checked;
  }

  Field function() {
    return function;
  }

  Absent absent() {
    return absent;
  }

  /** Whether the wrapper tests {@code task->sch}. */
  boolean checked() {
    return checked;
  }
}
