package io.ringfence.firmware.schedule;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct schedule_data}: one registered scheduler. Its list item comes first, so that the
 * address of the item is the address of the structure.
 */
public final class ScheduleData {
  private static final Struct.Builder LAYOUT = Struct.define("schedule_data");

  /** Link in the list of schedulers. */
  public static final Field LIST = LAYOUT.struct("list", ListItem.STRUCT);

  /** {@code SOF_SCHEDULE_} type. */
  public static final Field TYPE = LAYOUT.s32("type");

  /** Operations. */
  public static final Field OPS = LAYOUT.pointer("ops");

  /** Private data. */
  public static final Field DATA = LAYOUT.pointer("data");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private ScheduleData() {}
}
