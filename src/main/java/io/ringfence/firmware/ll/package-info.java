/**
 * SOF's low-latency scheduler and its timer domain on Zephyr, function by function as in C: {@code
 * src/schedule/zephyr_ll.c} and {@code zephyr_domain.c} at 12dd726529.
 *
 * <p>A function that other threads can interleave with is a routine whose labels are those of the
 * specifications {@code LlScheduler} and {@code LlDomain}: S to schedule, C to cancel, F to free, D
 * when a task is done, R for a tick, L for the thread that runs it, I for the timer interrupt, P, Q
 * and V for the timer domain, W and Y for teardown.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.ll;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
