package io.ringfence.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One state of a trace.
 *
 * @param index the position in the trace, from 0
 * @param action the step that led here; {@code null} in an initial state, or if unknown
 * @param values the variables in the order of the trace, with their values
 */
public record TraceState(int index, @Nullable ActionCall action, Map<String, Value> values) {
  /** Copy the values, keeping their order. */
  public TraceState {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
