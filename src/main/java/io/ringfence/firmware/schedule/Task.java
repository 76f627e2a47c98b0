package io.ringfence.firmware.schedule;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct task}, as far as the generic layer goes. */
public final class Task {
  private static final Struct.Builder LAYOUT = Struct.define("task");

  /** {@code SOF_TASK_STATE_INIT}. */
  public static final int STATE_INIT = 0;

  /** {@code SOF_TASK_STATE_QUEUED}. */
  public static final int STATE_QUEUED = 1;

  /** {@code SOF_TASK_STATE_RUNNING}. */
  public static final int STATE_RUNNING = 3;

  /** {@code SOF_TASK_STATE_COMPLETED}. */
  public static final int STATE_COMPLETED = 5;

  /** {@code SOF_TASK_STATE_FREE}. */
  public static final int STATE_FREE = 6;

  /** {@code SOF_TASK_STATE_CANCEL}. */
  public static final int STATE_CANCEL = 7;

  /** {@code SOF_TASK_STATE_RESCHEDULE}. */
  public static final int STATE_RESCHEDULE = 8;

  /** Start time in platform ticks. */
  public static final Field START = LAYOUT.u64("start");

  /** UUID of the client. */
  public static final Field UID = LAYOUT.pointer("uid");

  /** {@code SOF_SCHEDULE_} type. */
  public static final Field TYPE = LAYOUT.u16("type");

  /** Priority: lower runs first. */
  public static final Field PRIORITY = LAYOUT.s16("priority");

  /** Core that the task runs on. */
  public static final Field CORE = LAYOUT.u16("core");

  /** Flags. */
  public static final Field FLAGS = LAYOUT.u16("flags");

  /** The scheduler that the task is bound to. */
  public static final Field SCH = LAYOUT.pointer("sch");

  /** {@code enum task_state}. */
  public static final Field STATE = LAYOUT.u32("state");

  /** Argument of the callbacks. */
  public static final Field DATA = LAYOUT.pointer("data");

  /** Link in the scheduler's list of tasks. */
  public static final Field LIST = LAYOUT.struct("list", ListItem.STRUCT);

  /** The scheduler's own data of the task. */
  public static final Field PRIV_DATA = LAYOUT.pointer("priv_data");

  /** {@code ops.run}. */
  public static final Field RUN = LAYOUT.function("ops.run");

  /** {@code ops.complete}. */
  public static final Field COMPLETE = LAYOUT.function("ops.complete");

  /** {@code ops.get_deadline}. */
  public static final Field GET_DEADLINE = LAYOUT.function("ops.get_deadline");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private Task() {}
}
