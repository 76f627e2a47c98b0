/**
 * Threads as Zephyr has them: records, call stacks and wait queues in RAM, and routines that run
 * label by label, so that whoever drives the firmware decides which thread takes the next step.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.thread;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
