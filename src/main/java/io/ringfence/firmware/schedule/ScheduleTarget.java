package io.ringfence.firmware.schedule;

/**
 * What a wrapper of {@code schedule.h} comes to: a call of a scheduler's operation, or a result.
 *
 * @param isCall which of the two
 * @param function what to call
 * @param data the scheduler's private data, first argument of the call
 * @param sch the scheduler's {@code schedule_data}, 0 if the wrapper did not get so far
 * @param result what the wrapper returns if it calls nothing
 */
public record ScheduleTarget(boolean isCall, int function, int data, int sch, int result) {
  static ScheduleTarget call(int function, int data, int sch) {
    return new ScheduleTarget(true, function, data, sch, 0);
  }

  static ScheduleTarget result(int value, int sch) {
    return new ScheduleTarget(false, 0, 0, sch, value);
  }
}
