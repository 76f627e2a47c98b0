/**
 * Values, states and traces of a TLA+ model, and the one file format in which they travel.
 *
 * <p>A {@link io.ringfence.trace.Value} has exactly one Java form for each mathematical value of
 * TLA+, so {@code equals} is TLA+ equality. {@link io.ringfence.trace.ValueParser} reads the text
 * that TLC prints, {@link io.ringfence.trace.ItfReader} and {@link io.ringfence.trace.ItfWriter}
 * read and write ITF (Informal Trace Format, Apalache's ADR-015 in its revision of 2023-09-14), and
 * {@link io.ringfence.trace.ValueDiff} says where two values or states differ. Nothing here knows
 * of the firmware.
 */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package io.ringfence.trace;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
