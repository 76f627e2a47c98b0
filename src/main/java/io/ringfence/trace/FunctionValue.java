package io.ringfence.trace;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A function that is neither a sequence nor a record: its domain is not empty, not {@code 1..n},
 * and holds something other than strings.
 */
public final class FunctionValue extends CompositeValue implements Value {
  private final SortedMap<Value, Value> entries;

  /** Take over a map that nobody else holds; made by {@link Values} alone. */
  FunctionValue(TreeMap<Value, Value> entries) {
    this.entries = Collections.unmodifiableSortedMap(entries);
  }

  /** Return the arguments with their results, sorted by argument. */
  public SortedMap<Value, Value> entries() {
    return entries;
  }

  @Override
  Object content() {
    return entries;
  }
}
