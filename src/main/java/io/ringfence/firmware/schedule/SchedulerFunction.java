package io.ringfence.firmware.schedule;

import io.ringfence.machine.Cpu;

/** The code behind a function pointer of {@code struct scheduler_ops}. */
@FunctionalInterface
public interface SchedulerFunction {
  /**
   * Runs the function on behalf of the CPU's current thread.
   *
   * @param data the scheduler's private data
   * @param task the task
   * @return its result
   */
  int call(Cpu cpu, int data, int task);
}
