package io.ringfence.verify;

/**
 * The closed set of verdicts. Only {@link #PASS} and {@link #EXPECTED_VIOLATION} let a build pass.
 */
public enum Verdict {
  /** TLC checked the whole model and everything held, as expected. */
  PASS,
  /** TLC found the violation of the named property that was expected, and it replays. */
  EXPECTED_VIOLATION,
  /** A property is violated that was expected to hold. */
  VIOLATION,
  /** The expected violation was not found, or another property was violated instead. */
  MISSING_VIOLATION,
  /** An action never fires, a witness is not reached, or no defect breaks a property. */
  VACUOUS,
  /** Spec and firmware disagree. */
  DIVERGED,
  /** Pinned counts differ from those found. */
  CHANGED,
  /** A limit was reached before the model was checked. */
  INCOMPLETE,
  /** Anything else. */
  ERROR;

  /** Whether a build may pass with this verdict. */
  public boolean passes() {
    return this == PASS || this == EXPECTED_VIOLATION;
  }
}
