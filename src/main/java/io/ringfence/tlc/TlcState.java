package io.ringfence.tlc;

import io.ringfence.trace.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One state of a behavior as TLC reports it.
 *
 * @param action the name of the action that led here; empty for an initial state, or if TLC knows
 *     no name. TLC prints no arguments; {@link io.ringfence.tlc.eval.Evaluator} finds them
 * @param location where the part of the action stands, as TLC prints it
 * @param values the variables with their values, in the order that TLC prints, which is not that of
 *     their declarations
 */
public record TlcState(
    Optional<String> action, Optional<String> location, Map<String, Value> values) {
  /** Copy the values, keeping their order. */
  public TlcState {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
