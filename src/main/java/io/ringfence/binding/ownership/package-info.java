/**
 * Binds {@code spec/SchedulerOwnership.tla} to the scheduler registry of the firmware: actions to
 * its steps, its RAM to the spec's variables.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.ownership;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
