package io.ringfence.trace;

import java.math.BigInteger;

/**
 * An integer of up to 10,000 digits.
 *
 * <p>TLC itself computes with 32 bits; other tools have no limit. Ours keeps a hostile file from
 * costing hours, as the conversion of decimal digits takes quadratic time.
 *
 * @param value the integer
 */
public record IntValue(BigInteger value) implements Value {
  private static final int MAX_DIGITS = 10_000;

  /** The bits that any number of {@link #MAX_DIGITS} digits or fewer needs, rounded down. */
  private static final int MAX_BITS = 33_219;

  private static final int CACHED = 256;
  private static final IntValue[] CACHE = new IntValue[CACHED];

  static {
    for (int i = 0; i < CACHED; i++) {
      CACHE[i] = new IntValue(BigInteger.valueOf(i));
    }
  }

  /**
   * Check the size.
   *
   * @throws IllegalArgumentException if the integer has more than 10,000 digits
   */
  public IntValue {
    if (value.bitLength() > MAX_BITS) {
      throw tooLarge();
    }
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException("an integer has more than " + MAX_DIGITS + " digits");
  }

  /**
   * Return the value of decimal digits, which may follow a minus sign.
   *
   * @throws IllegalArgumentException if there are other characters, or more than 10,000 digits
   */
  static IntValue parse(String digits) {
    if (digits.length() > MAX_DIGITS + 1) {
      throw tooLarge();
    }
    return new IntValue(new BigInteger(digits));
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
