package io.ringfence.conform;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a conformance check found.
 *
 * @param initialStates initial states, each of which the firmware was brought to
 * @param states distinct states reached
 * @param edges edges performed on the firmware, parallel edges counted separately
 * @param refusals (state, action instance) pairs that the spec forbids and the firmware refused
 * @param cut states that the state constraint kept from being explored further
 * @param ramImages distinct RAM images met; more than {@code states} means that some differences in
 *     RAM are invisible to the spec
 * @param actionEdges edges of each action by name, zero for an action that never fired
 * @param witnesses whether each witness predicate held in some reached state
 * @param difference the first difference, or null if spec and firmware agree
 */
public record Conformance(
    long initialStates,
    long states,
    long edges,
    long refusals,
    long cut,
    long ramImages,
    Map<String, Long> actionEdges,
    Map<String, Boolean> witnesses,
    @Nullable Difference difference,
    double seconds) {

  /** How spec and firmware can differ. */
  public enum DifferenceKind {
    /** The firmware has no such initial state. */
    INITIAL_STATE,
    /** The spec allows the step and the firmware refuses it. */
    REFUSED,
    /** The spec forbids the step and the firmware performs it. */
    NOT_REFUSED,
    /** Both perform the step and end in different states. */
    STATE
  }

  /**
   * The first difference.
   *
   * @param trace a shortest spec behavior that ends with the step, as the spec sees it
   * @param action the step, or null for an initial state
   * @param lines the difference variable by variable, spec first
   * @param fault what the firmware says about it; may be empty
   */
  public record Difference(
      DifferenceKind kind,
      Trace trace,
      @Nullable ActionCall action,
      List<String> lines,
      String fault) {}
}
