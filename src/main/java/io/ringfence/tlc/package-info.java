/**
 * TLC as itself: one forked JVM per run, its messages read by code, its verdict believed only if
 * every sign of a complete check is there.
 *
 * <p>{@link io.ringfence.tlc.TlcRunner} starts and watches the process, {@link
 * io.ringfence.tlc.MessageReader} takes the {@code -tool} framing apart, and {@link
 * io.ringfence.tlc.OutcomeReader} judges. TLC can print its success line and exit with 0 without
 * having checked the model (states left on the queue, {@code -continue}, an {@code Init} that
 * nothing satisfies); none of that becomes a {@link io.ringfence.tlc.TlcOutcome.Success}. Nothing
 * here knows of the firmware.
 *
 * <p>{@link io.ringfence.tlc.PropertyRunner} decides each property of a configuration, in as many
 * runs as that takes. {@link io.ringfence.tlc.BatchRunner} lets one run confirm several claims, and
 * judges nothing else.
 */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package io.ringfence.tlc;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
