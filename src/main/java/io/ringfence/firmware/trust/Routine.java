package io.ringfence.firmware.trust;

import java.util.Locale;

/** A routine of the kernel. The ordinal is what lies in RAM. */
public enum Routine {
  /** None runs. */
  NONE(""),
  /** {@code zephyr_domain_timer_fn()}. */
  TICK("zephyr_domain_timer_fn"),
  /** {@code schedule_task()} of an LL task. */
  SCHEDULE("schedule_task"),
  /** The LL thread, which runs the task. */
  RUN("zephyr_ll_run"),
  /** {@code schedule_task_free()} of an LL task. */
  FREE("schedule_task_free"),
  /** {@code zephyr_ll_task_init()}. */
  INIT("zephyr_ll_task_init"),
  /** {@code schedule_task()} of a DP task. */
  DP("schedule_task"),
  /** {@code scheduler_register()}. */
  REGISTER("scheduler_register"),
  /** {@code ipc_user_forward_cmd()} and its caller. */
  FORWARD("ipc_user_forward_cmd"),
  /** The work queue of IPC. */
  SEND("ipc_work_handler"),
  /** {@code domain_thread_init()}. */
  CONTEXT("domain_thread_init"),
  /** {@code user_ll_lock_sched()} and {@code user_ll_unlock_sched()}. */
  SCHED("user_ll_lock_sched"),
  /** The end of {@code ipc_user_init()}. */
  START("ipc_user_init");

  private static final Routine[] VALUES = values();

  private final String function;

  Routine(String function) {
    this.function = function;
  }

  /** The function in C that it is, or that calls it; empty if none runs. */
  public String function() {
    return function;
  }

  /** The name in the specification. */
  public String text() {
    return this == NONE ? "-" : name().toLowerCase(Locale.ROOT);
  }

  /** Reads a routine back from RAM. */
  public static Routine at(int ordinal) {
    return VALUES[ordinal];
  }
}
