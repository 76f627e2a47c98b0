package io.ringfence.trace;

/**
 * {@code TRUE} or {@code FALSE}.
 *
 * @param value the truth value
 */
public record BoolValue(boolean value) implements Value {
  /** {@code TRUE}. */
  public static final BoolValue TRUE = new BoolValue(true);

  /** {@code FALSE}. */
  public static final BoolValue FALSE = new BoolValue(false);

  /** Return the shared instance for a truth value. */
  public static BoolValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  @Override
  public String toString() {
    return TlaPrinter.print(this);
  }
}
