package io.ringfence.report;

import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A value as a tree, with what changed since the step before marked at the innermost place.
 *
 * @param label field, argument or variable; empty for the element of a set
 * @param text the value in TLA+ if it is a leaf, else empty
 * @param before what it was before, if it is a leaf that changed; null otherwise
 * @param changed whether it, or something inside, changed
 * @param children the parts; empty for a leaf
 */
public record ValueNode(
    String label, String text, @Nullable String before, boolean changed, List<ValueNode> children) {
  private static final int INLINE = 48;

  static ValueNode of(String label, Value value, @Nullable Value before) {
    boolean changed = before != null && !before.equals(value);
    Optional<SortedMap<Value, Value>> graph = Values.graph(value);
    boolean small = value.toString().length() <= INLINE;
    if (graph.isPresent() && !graph.get().isEmpty() && !(small && !changed)) {
      return new ValueNode(label, "", null, changed, entries(graph.get(), before));
    }
    if (value instanceof SetValue set && changed && before instanceof SetValue old) {
      return new ValueNode(label, "", null, true, elements(set, old));
    }
    return new ValueNode(
        label, value.toString(), changed ? String.valueOf(before) : null, changed, List.of());
  }

  private static List<ValueNode> entries(SortedMap<Value, Value> graph, @Nullable Value before) {
    Optional<SortedMap<Value, Value>> old =
        before == null ? Optional.empty() : Values.graph(before);
    List<ValueNode> entries = new ArrayList<>();
    graph.forEach(
        (key, entry) ->
            entries.add(
                of(
                    key instanceof StringValue name ? name.value() : key.toString(),
                    entry,
                    old.map(map -> map.get(key)).orElse(null))));
    return entries;
  }

  private static List<ValueNode> elements(SetValue set, SetValue old) {
    List<ValueNode> elements = new ArrayList<>();
    for (Value element : set.elements()) {
      boolean added = !old.contains(element);
      elements.add(
          new ValueNode("", element.toString(), added ? "not there" : null, added, List.of()));
    }
    for (Value element : old.elements()) {
      if (!set.contains(element)) {
        elements.add(new ValueNode("", "gone", element.toString(), true, List.of()));
      }
    }
    return elements;
  }
}
