package io.ringfence.tlc;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What TLC counted; empty where it did not say, as it prints no totals after a violation in an
 * initial state.
 *
 * @param initial distinct initial states within the state constraints
 * @param generated states generated, repetitions included
 * @param distinct distinct states found
 * @param leftOnQueue states found but not explored
 * @param depth the number of states on the longest of the shortest paths; exact with one worker
 *     only
 * @param optimisticCollision the probability that a state was missed since two states had the same
 *     fingerprint, calculated optimistically
 * @param actualCollision the same, estimated from the fingerprints; TLC prints it only if the first
 *     exceeds 1E-10
 * @param actions how often each action of the next-state relation was taken; empty unless the job
 *     asks for coverage
 */
public record TlcStatistics(
    OptionalLong initial,
    OptionalLong generated,
    OptionalLong distinct,
    OptionalLong leftOnQueue,
    OptionalInt depth,
    OptionalDouble optimisticCollision,
    OptionalDouble actualCollision,
    List<ActionCount> actions) {
  /** Copy the list. */
  public TlcStatistics {
    actions = List.copyOf(actions);
  }
}
