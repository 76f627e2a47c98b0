package io.ringfence.firmware.boot;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** The private data of a scheduler, as far as the generic layer is concerned: opaque. */
public final class SchedulerPrivate {
  private static final Struct.Builder LAYOUT = Struct.define("scheduler_private");

  /** The core that the instance belongs to. */
  public static final Field CORE = LAYOUT.u32("core");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private SchedulerPrivate() {}
}
