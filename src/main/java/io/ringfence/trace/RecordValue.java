package io.ringfence.trace;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A record: a function whose domain is a set of strings, with at least one field. */
public final class RecordValue extends CompositeValue implements Value {
  private final SortedMap<String, Value> fields;

  /** Take over a map that nobody else holds; made by {@link Values} alone. */
  RecordValue(TreeMap<String, Value> fields) {
    this.fields = Collections.unmodifiableSortedMap(fields);
  }

  /** Return the fields, sorted by name. */
  public SortedMap<String, Value> fields() {
    return fields;
  }

  /**
   * Return the value of a field.
   *
   * @throws IllegalArgumentException if there is no such field
   */
  public Value get(String field) {
    Value value = fields.get(field);
    if (value == null) {
      throw new IllegalArgumentException("No field " + field + "; there are " + fields.keySet());
    }
    return value;
  }

  @Override
  Object content() {
    return fields;
  }
}
