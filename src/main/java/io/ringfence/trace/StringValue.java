package io.ringfence.trace;

/**
 * A string, or a model value of TLC.
 *
 * @param value the characters, without quotes; any Java string
 */
public record StringValue(String value) implements Value {
  /** Return the value of a string. */
  public static StringValue of(String value) {
    return new StringValue(value);
  }

  @Override
  public String toString() {
    return TlaPrinter.print(this);
  }
}
