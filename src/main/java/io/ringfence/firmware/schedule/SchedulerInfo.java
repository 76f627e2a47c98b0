package io.ringfence.firmware.schedule;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code scheduler_get_task_info()} of SOF {@code src/schedule/schedule.c} at 12dd726529, with the
 * structures of {@code src/include/ipc4/base_fw.h} that it fills.
 *
 * <p>The caller holds the lock of the scheduler. Nothing bounds what is written: a list longer than
 * the buffer is written past its end (O-48), and so is one that never comes back to its head.
 */
public final class SchedulerInfo {
  private static final Struct.Builder SCHEDULER = Struct.define("scheduler_props");

  /** The domain of the scheduler; filled by the caller. */
  public static final Field PROCESSING_DOMAIN = SCHEDULER.u32("processing_domain");

  /** The core that was asked. */
  public static final Field CORE_ID = SCHEDULER.u32("core_id");

  /** The number of tasks on the list. */
  public static final Field TASK_COUNT = SCHEDULER.u32("task_count");

  /** The layout without the array of tasks that follows it. */
  public static final Struct SCHEDULER_PROPS = SCHEDULER.build();

  private static final Struct.Builder TASK = Struct.define("task_props");

  /** Always 0. */
  public static final Field TASK_ID = TASK.u32("task_id");

  /** Always 0: left unimplemented upstream. */
  public static final Field MODULE_INSTANCE_COUNT = TASK.u32("module_instance_count");

  /** The layout of an element of the array. */
  public static final Struct TASK_PROPS = TASK.build();

  private SchedulerInfo() {}

  /**
   * Writes the core, and an element for each task of a list.
   *
   * @param props where to write, a {@code scheduler_props} with room behind it
   * @param offset address of the size that is written so far, which grows
   * @param tasks head of the list of tasks
   */
  public static void write(Cpu cpu, int props, int offset, int tasks) {
    cpu.store(CORE_ID, props, cpu.core());
    cpu.store(TASK_COUNT, props, 0);
    cpu.store32(offset, cpu.load32(offset) + SCHEDULER_PROPS.size());
    int count = 0;
    int task = props + SCHEDULER_PROPS.size();
    for (int item = ListItem.next(cpu, tasks); item != tasks; item = ListItem.next(cpu, item)) {
      cpu.store(TASK_COUNT, props, ++count);
      cpu.store(TASK_ID, task, 0);
      cpu.store(MODULE_INSTANCE_COUNT, task, 0);
      cpu.store32(offset, cpu.load32(offset) + TASK_PROPS.size());
      task += TASK_PROPS.size();
    }
  }
}
