package io.ringfence.firmware.schedule;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct schedulers}: the head of a list of registered schedulers. */
public final class Schedulers {
  private static final Struct.Builder LAYOUT = Struct.define("schedulers");

  /** The list; first and only member. */
  public static final Field LIST = LAYOUT.struct("list", ListItem.STRUCT);

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private Schedulers() {}
}
