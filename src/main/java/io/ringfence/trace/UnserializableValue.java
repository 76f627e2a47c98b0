package io.ringfence.trace;

/**
 * A value that cannot be listed, such as the set of all integers; known by its text alone.
 *
 * @param text the TLA+ expression, for example {@code Int}
 */
public record UnserializableValue(String text) implements Value {
  @Override
  public String toString() {
    return TlaPrinter.print(this);
  }
}
