/**
 * Binds {@code spec/SchedulerOwnership.tla} to the scheduler registry of the firmware: actions to
 * its steps, its RAM to the spec's variables.
 */
@NullMarked
package io.ringfence.binding.ownership;

import org.jspecify.annotations.NullMarked;
