package io.ringfence.firmware.edf;

/** What the EDF scheduler calls of the generic scheduler layer. */
public interface GenericScheduler {
  /** {@code scheduler_init(type, ops, data)}. */
  void schedulerInit(int type, int ops, int data);

  /**
   * {@code schedule_task_init(task, uid, type, priority, run, data, core, flags)}.
   *
   * @return its result
   */
  int scheduleTaskInit(int task, int type, int priority, int run, int data, int core);
}
