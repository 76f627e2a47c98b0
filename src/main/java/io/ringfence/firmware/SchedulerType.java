package io.ringfence.firmware;

/** {@code SOF_SCHEDULE_...}: the ordinal is the value in C (SOF sof/schedule/schedule.h). */
public enum SchedulerType {
  /** Earliest deadline first, primary core only. */
  EDF,
  /** Low latency, driven by a timer. */
  LL_TIMER,
  /** Low latency, driven by DMA interrupts. */
  LL_DMA,
  /** Data processing, a thread for each task. */
  DP,
  /** Thread with budget. */
  TWB;

  /** {@code SOF_SCHEDULE_COUNT}, the first value that is no type. */
  public static final int COUNT = values().length;
}
