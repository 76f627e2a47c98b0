package io.ringfence.firmware.trust;

import java.util.Locale;

/** A routine of the kernel. The ordinal is what lies in RAM. */
public enum Routine {
  /** None runs. */
  NONE,
  /** {@code zephyr_domain_timer_fn()}. */
  TICK,
  /** {@code schedule_task()} of an LL task. */
  SCHEDULE,
  /** The LL thread, which runs the task. */
  RUN,
  /** {@code schedule_task_free()} of an LL task. */
  FREE,
  /** {@code zephyr_ll_task_init()}. */
  INIT,
  /** {@code schedule_task()} of a DP task. */
  DP,
  /** {@code scheduler_register()}. */
  REGISTER,
  /** {@code ipc_user_forward_cmd()} and its caller. */
  FORWARD,
  /** The work queue of IPC. */
  SEND,
  /** {@code domain_thread_init()}. */
  CONTEXT,
  /** {@code user_ll_lock_sched()} and {@code user_ll_unlock_sched()}. */
  SCHED,
  /** The end of {@code ipc_user_init()}. */
  START;

  private static final Routine[] VALUES = values();

  /** The name in the specification. */
  public String text() {
    return this == NONE ? "-" : name().toLowerCase(Locale.ROOT);
  }

  /** Reads a routine back from RAM. */
  public static Routine at(int ordinal) {
    return VALUES[ordinal];
  }
}
