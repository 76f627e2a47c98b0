package io.ringfence.binding;

/** What the firmware made of an operation that a spec action stands for. */
public enum Outcome {
  /** The operation took place; the RAM is in its next state. */
  DONE,
  /** The firmware refused the operation or could not start it; the RAM is unchanged. */
  REFUSED;

  /** Tells the outcome by whether the operation took place. */
  public static Outcome of(boolean done) {
    return done ? DONE : REFUSED;
  }
}
