package io.ringfence.tlc.eval;

/** What of a behavior a formula speaks about, as TLC checks it. */
public enum PropertyShape {
  /** A state predicate: each state alone. */
  STATE,
  /** {@code [][A]_v} itself: each step alone. */
  STEP,
  /** A conjunction of such, like a specification without fairness: no more than single steps. */
  SAFETY,
  /** Anything else: whole behaviors, or more than this can tell. */
  BEHAVIOR
}
