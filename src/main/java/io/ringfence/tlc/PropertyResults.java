package io.ringfence.tlc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What TLC showed of each property of a configuration.
 *
 * @param properties by invariant or property, in the order of the configuration, the result that
 *     decides it: a success if it holds; a violation that names it if it does not; anything else
 *     leaves it undecided. Empty if the configuration lists none, or is missing
 * @param exploration of the run that was to explore every state: what else can go wrong, such as a
 *     deadlock, a failed {@code Assert}, an expression without a value, a limit
 * @param constrained whether the configuration has a constraint, so that TLC explores what is
 *     within, and the states and steps that leave it
 */
public record PropertyResults(
    Map<String, TlcResult> properties, TlcResult exploration, boolean constrained) {
  /** Copy the map, keeping its order. */
  public PropertyResults {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }
}
