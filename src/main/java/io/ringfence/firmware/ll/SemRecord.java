package io.ringfence.firmware.ll;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct zephyr_ll_task_sem}: the kernel's record of a task's semaphore. */
public final class SemRecord {
  private static final Struct.Builder LAYOUT = Struct.define("zephyr_ll_task_sem");

  /** The task, by which the record is found. */
  public static final Field TASK = LAYOUT.pointer("task");

  /** The semaphore. */
  public static final Field SEM = LAYOUT.pointer("sem");

  /** Link in the list of records. */
  public static final Field LIST = LAYOUT.struct("list", ListItem.STRUCT);

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private SemRecord() {}
}
