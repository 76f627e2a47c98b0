package io.ringfence.report;

import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value as a tree, with what changed since the step before marked at the innermost place.
 *
 * <p>Functions, records and sequences are compared argument by argument if they share one; in a
 * sequence that became longer or shorter the equal beginning and end are set aside first, as {@link
 * io.ringfence.trace.ValueDiff} does.
 *
 * @param label field, argument or variable; empty for the element of a set
 * @param text the value in TLA+ if it is a leaf, else empty
 * @param before what it was before, if that is not said further inside; null otherwise
 * @param changed whether it, or something inside, changed
 * @param children the parts; empty for a leaf
 */
public record ValueNode(
    String label, String text, @Nullable String before, boolean changed, List<ValueNode> children) {
  /** What stands for the value before of what is new. */
  static final String NOT_THERE = "not there";

  /** What stands for the value of what is there no more. */
  static final String GONE = "gone";

  private static final int INLINE = 48;

  /** The tree of a value; without one before nothing is marked. */
  static ValueNode of(String label, Value value, @Nullable Value before) {
    if (before == null || before.equals(value)) {
      return whole(label, value, null, false);
    }
    if (value instanceof SetValue set && before instanceof SetValue old) {
      return new ValueNode(label, "", null, true, elements(set, old));
    }
    if (value instanceof SeqValue sequence && before instanceof SeqValue old) {
      return new ValueNode(label, "", null, true, elements(sequence.elements(), old.elements()));
    }
    Optional<SortedMap<Value, Value>> graph = Values.graph(value);
    Optional<SortedMap<Value, Value>> old = Values.graph(before);
    if (graph.isPresent() && old.isPresent() && related(graph.get(), old.get())) {
      return new ValueNode(label, "", null, true, entries(graph.get(), old.get()));
    }
    return whole(label, value, before.toString(), true);
  }

  /** A value that is not compared any further: all of it changed, or nothing. */
  private static ValueNode whole(
      String label, Value value, @Nullable String before, boolean changed) {
    Optional<SortedMap<Value, Value>> graph = Values.graph(value);
    if (graph.isEmpty() || graph.get().isEmpty() || value.toString().length() <= INLINE) {
      return new ValueNode(label, value.toString(), before, changed, List.of());
    }
    List<ValueNode> parts = new ArrayList<>();
    graph.get().forEach((key, part) -> parts.add(whole(label(key), part, null, changed)));
    return new ValueNode(label, "", before, changed, parts);
  }

  /** Two functions without a common argument have nothing to compare, unless one is empty. */
  private static boolean related(SortedMap<Value, Value> one, SortedMap<Value, Value> other) {
    return one.isEmpty() || other.isEmpty() || one.keySet().stream().anyMatch(other::containsKey);
  }

  private static List<ValueNode> entries(
      SortedMap<Value, Value> graph, SortedMap<Value, Value> old) {
    SortedMap<Value, Value> all = new TreeMap<>(old);
    all.putAll(graph);
    List<ValueNode> entries = new ArrayList<>();
    all.forEach(
        (key, entry) ->
            entries.add(
                graph.containsKey(key)
                    ? part(label(key), entry, old.get(key))
                    : gone(label(key), entry)));
    return entries;
  }

  private static List<ValueNode> elements(List<Value> now, List<Value> old) {
    int shorter = Math.min(now.size(), old.size());
    int head = 0;
    while (head < shorter && now.get(head).equals(old.get(head))) {
      head++;
    }
    int tail = 0;
    while (now.size() != old.size()
        && tail < shorter - head
        && now.get(now.size() - 1 - tail).equals(old.get(old.size() - 1 - tail))) {
      tail++;
    }
    int tailNow = now.size() - tail;
    int tailOld = old.size() - tail;
    List<ValueNode> elements = new ArrayList<>();
    for (int i = 0; i < tailNow; i++) {
      elements.add(part(Integer.toString(i + 1), now.get(i), i < tailOld ? old.get(i) : null));
    }
    for (int i = tailNow; i < tailOld; i++) {
      elements.add(gone("", old.get(i)));
    }
    for (int i = tailNow; i < now.size(); i++) {
      elements.add(whole(Integer.toString(i + 1), now.get(i), null, false));
    }
    return elements;
  }

  private static List<ValueNode> elements(SetValue set, SetValue old) {
    List<ValueNode> elements = new ArrayList<>();
    for (Value element : set.elements()) {
      elements.add(part("", element, old.contains(element) ? element : null));
    }
    for (Value element : old.elements()) {
      if (!set.contains(element)) {
        elements.add(gone("", element));
      }
    }
    return elements;
  }

  private static ValueNode part(String label, Value value, @Nullable Value before) {
    return before == null ? whole(label, value, NOT_THERE, true) : of(label, value, before);
  }

  private static ValueNode gone(String label, Value value) {
    return new ValueNode(label, GONE, value.toString(), true, List.of());
  }

  private static String label(Value key) {
    return key instanceof StringValue name ? name.value() : key.toString();
  }
}
