package io.ringfence.trace;

import java.util.List;

/**
 * A sequence, which in TLA+ is also a tuple and any function with domain {@code 1..n}; the empty
 * one is every function with an empty domain.
 */
public final class SeqValue extends CompositeValue implements Value {
  /** {@code <<>>}. */
  public static final SeqValue EMPTY = new SeqValue(List.of());

  private final List<Value> elements;

  private SeqValue(List<Value> elements) {
    this.elements = elements;
  }

  /** Return the sequence of some values. */
  public static SeqValue of(List<? extends Value> values) {
    return values.isEmpty() ? EMPTY : new SeqValue(List.copyOf(values));
  }

  /** Return the sequence of some values. */
  public static SeqValue of(Value... values) {
    return of(List.of(values));
  }

  /** Return the elements; the one at Java index 0 has TLA+ index 1. */
  public List<Value> elements() {
    return elements;
  }

  /** Return the length. */
  public int size() {
    return elements.size();
  }

  @Override
  Object content() {
    return elements;
  }
}
