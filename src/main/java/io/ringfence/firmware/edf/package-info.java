/**
 * SOF's EDF scheduler on Zephyr, function by function as in C: {@code zephyr/edf_schedule.c} at
 * 12dd726529, and below it Zephyr's work queue as far as that uses it ({@code kernel/work.c}).
 *
 * <p>A function that other threads can interleave with is a routine whose labels are those of the
 * specification {@code EdfScheduler}: S to schedule, C to cancel, F to free, W for the thread of
 * the work queue, E for the work handler of a task.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.edf;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
