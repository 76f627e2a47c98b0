package io.ringfence.trace;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A finite set, its elements listed in the order of {@link Value}. */
public final class SetValue extends CompositeValue implements Value {
  /** {@code {}}. */
  public static final SetValue EMPTY = new SetValue(List.of());

  private final List<Value> elements;

  private SetValue(List<Value> sortedDistinct) {
    this.elements = sortedDistinct;
  }

  /** Return the set of some values; repeated ones count once. */
  public static SetValue of(Collection<? extends Value> values) {
    if (values.isEmpty()) {
      return EMPTY;
    }
    Value[] sorted = values.toArray(new Value[0]);
    Arrays.sort(sorted);
    int distinct = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (!sorted[i].equals(sorted[distinct - 1])) {
        sorted[distinct++] = sorted[i];
      }
    }
    return new SetValue(List.of(Arrays.copyOf(sorted, distinct)));
  }

  /** Return the set of some values; repeated ones count once. */
  public static SetValue of(Value... values) {
    return of(Arrays.asList(values));
  }

  /** Return the elements, sorted, each once. */
  public List<Value> elements() {
    return elements;
  }

  /** Say whether a value is an element. */
  public boolean contains(Value value) {
    return Collections.binarySearch(elements, value) >= 0;
  }

  /** Return the cardinality. */
  public int size() {
    return elements.size();
  }

  @Override
  Object content() {
    return elements;
  }
}
