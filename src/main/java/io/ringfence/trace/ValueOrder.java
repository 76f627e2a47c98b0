package io.ringfence.trace;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The total order of {@link Value}: kinds in a fixed sequence, then content, shorter first. */
final class ValueOrder {
  private ValueOrder() {}

  static int compare(Value a, Value b) {
    if (a == b) {
      return 0;
    }
    if (a instanceof IntValue x && b instanceof IntValue y) {
      return x.value().compareTo(y.value());
    }
    if (a instanceof StringValue x && b instanceof StringValue y) {
      return x.value().compareTo(y.value());
    }
    if (a instanceof RecordValue x && b instanceof RecordValue y) {
      return compareMaps(x.fields(), y.fields());
    }
    if (a instanceof SeqValue x && b instanceof SeqValue y) {
      return compareLists(x.elements(), y.elements());
    }
    if (a instanceof SetValue x && b instanceof SetValue y) {
      return compareLists(x.elements(), y.elements());
    }
    if (a instanceof FunctionValue x && b instanceof FunctionValue y) {
      return compareMaps(x.entries(), y.entries());
    }
    if (a instanceof BoolValue x && b instanceof BoolValue y) {
      return Boolean.compare(x.value(), y.value());
    }
    if (a instanceof UnserializableValue x && b instanceof UnserializableValue y) {
      return x.text().compareTo(y.text());
    }
    return Integer.compare(rank(a), rank(b));
  }

  private static int rank(Value value) {
    if (value instanceof BoolValue) {
      return 0;
    } else if (value instanceof IntValue) {
      return 1;
    } else if (value instanceof StringValue) {
      return 2;
    } else if (value instanceof SeqValue) {
      return 3;
    } else if (value instanceof RecordValue) {
      return 4;
    } else if (value instanceof FunctionValue) {
      return 5;
    } else if (value instanceof SetValue) {
      return 6;
    }
    return 7;
  }

  private static int compareLists(List<Value> a, List<Value> b) {
    int common = Math.min(a.size(), b.size());
    for (int i = 0; i < common; i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static <K extends Comparable<K>> int compareMaps(
      SortedMap<K, Value> a, SortedMap<K, Value> b) {
    Iterator<Map.Entry<K, Value>> left = a.entrySet().iterator();
    Iterator<Map.Entry<K, Value>> right = b.entrySet().iterator();
    while (left.hasNext() && right.hasNext()) {
      Map.Entry<K, Value> x = left.next();
      Map.Entry<K, Value> y = right.next();
      int order = x.getKey().compareTo(y.getKey());
      if (order == 0) {
        order = compare(x.getValue(), y.getValue());
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
