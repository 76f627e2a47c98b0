package io.ringfence.firmware.tasks;

import java.util.Locale;

/** The calls about tasks, by their names in C. */
public enum TaskCall {
  /** Makes the semaphore of an LL task. */
  ZEPHYR_LL_TASK_SEM_ALLOC,
  /** Frees it. */
  ZEPHYR_LL_TASK_SEM_FREE,
  /** Frees a DP task. */
  SCHEDULER_DP_TASK_FREE,
  /** Runs the DP scheduler's part of a tick. */
  SCHEDULER_DP_LL_TICK,
  /** Brings a DP thread a message; no system call, a thread of the kernel makes it. */
  SCHEDULER_DP_THREAD_IPC,
  /** Makes a pipeline as the host asks; no system call either. */
  IPC_PIPELINE_NEW;

  /** The name in C. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
