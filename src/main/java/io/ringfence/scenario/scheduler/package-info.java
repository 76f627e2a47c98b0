/**
 * Scenarios of the schedulers: threads that call them step by step, and what the recorder of the
 * real code observed after each step, read out of the firmware's RAM.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.scenario.scheduler;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
