package io.ringfence.firmware.edf;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.machine.Cpu;

/**
 * What the routines of the EDF scheduler are linked against. Nothing here changes after boot: all
 * state is in RAM.
 */
record EdfPlatform(Design design, Kernel kernel, TimeoutList timeouts, WorkQueue queue) {

  Cpu cpu() {
    return kernel.cpu();
  }

  /** {@code assert()}. */
  void check(boolean condition, String message) {
    if (!condition && design.asserts()) {
      throw new KernelAssert(message);
    }
  }

  /**
   * Whether one lock protects the state and the work item of a task. A section under the lock is
   * one step here: nobody who takes the lock sees its middle.
   */
  boolean locked() {
    return design.has(Fix.LOCK_STATE_AND_WORK);
  }

  int state(int task) {
    return cpu().load(Task.STATE, task);
  }

  void setState(int task, int state) {
    cpu().store(Task.STATE, task, state);
  }

  /** The task's work item. */
  static int work(int task) {
    return EdfTask.WORK.in(task);
  }
}
