package io.ringfence.trace;

import org.jspecify.annotations.Nullable;

/**
 * Equality with a cached hash code for values made of values.
 *
 * <p>Exploration puts the same few values into hash tables millions of times, so the hash is kept
 * after its first use. The field needs no synchronization: each thread computes the same number.
 */
abstract class CompositeValue {
  private int hash;

  /** Return the list or sorted map that makes up this value. */
  abstract Object content();

  @Override
  public final int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Math.max(1, content().hashCode() & Integer.MAX_VALUE);
      hash = known;
    }
    return known;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof CompositeValue that
            && that.getClass() == getClass()
            && that.hashCode() == hashCode()
            && that.content().equals(content());
  }

  @Override
  public final String toString() {
    return TlaPrinter.print((Value) this);
  }
}
