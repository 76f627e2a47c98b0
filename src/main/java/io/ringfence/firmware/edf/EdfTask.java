package io.ringfence.firmware.edf;

import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct task} with the member that only the EDF scheduler uses. */
public final class EdfTask {
  private static final Struct.Builder LAYOUT = Struct.define("task");

  /** What all schedulers use; at the start. */
  public static final Field TASK = LAYOUT.struct("task", Task.STRUCT);

  /** {@code z_delayed_work}. */
  public static final Field WORK = LAYOUT.struct("z_delayed_work", Work.STRUCT);

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private EdfTask() {}
}
