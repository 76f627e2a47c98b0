package io.ringfence.trace;

import java.math.BigInteger;

/**
 * An integer of any size.
 *
 * @param value the integer
 */
public record IntValue(BigInteger value) implements Value {
  private static final int CACHED = 256;
  private static final IntValue[] CACHE = new IntValue[CACHED];

  static {
    for (int i = 0; i < CACHED; i++) {
      CACHE[i] = new IntValue(BigInteger.valueOf(i));
    }
  }

  /** Return the value of an integer; small ones are shared. */
  public static IntValue of(long value) {
    return value >= 0 && value < CACHED
        ? CACHE[(int) value]
        : new IntValue(BigInteger.valueOf(value));
  }

  /**
   * Return the integer as an {@code int}.
   *
   * @throws ArithmeticException if it does not fit
   */
  public int intValueExact() {
    return value.intValueExact();
  }

  @Override
  public String toString() {
    return TlaPrinter.print(this);
  }
}
