package io.ringfence.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds functions in their canonical form, and sees every function-like value as a function. */
public final class Values {
  private Values() {}

  /**
   * Return the function with the given graph: a {@link SeqValue} if the domain is {@code 1..n}
   * (empty included), a {@link RecordValue} if it holds only strings, else a {@link FunctionValue}.
   */
  public static Value function(Map<? extends Value, ? extends Value> graph) {
    if (graph.keySet().stream().allMatch(StringValue.class::isInstance)) {
      TreeMap<String, Value> fields = new TreeMap<>();
      graph.forEach((name, value) -> fields.put(((StringValue) name).value(), value));
      return ofFields(fields);
    }
    List<Value> elements = new ArrayList<>(graph.size());
    for (int i = 1; i <= graph.size(); i++) {
      Value element = graph.get(IntValue.of(i));
      if (element == null) {
        return new FunctionValue(new TreeMap<>(graph));
      }
      elements.add(element);
    }
    return SeqValue.of(elements);
  }

  /** Return the record with the given fields; without fields, {@code <<>>}. */
  public static Value record(Map<String, ? extends Value> fields) {
    return ofFields(new TreeMap<>(fields));
  }

  private static Value ofFields(TreeMap<String, Value> fields) {
    return fields.isEmpty() ? SeqValue.EMPTY : new RecordValue(fields);
  }

  /**
   * Return the graph of a function, record or sequence, sorted by argument; empty if the value is
   * no function.
   */
  public static Optional<SortedMap<Value, Value>> graph(Value value) {
    if (value instanceof FunctionValue function) {
      return Optional.of(function.entries());
    }
    if (value instanceof RecordValue rec) {
      TreeMap<Value, Value> graph = new TreeMap<>();
      rec.fields().forEach((name, field) -> graph.put(StringValue.of(name), field));
      return Optional.of(graph);
    }
    if (value instanceof SeqValue sequence) {
      TreeMap<Value, Value> graph = new TreeMap<>();
      List<Value> elements = sequence.elements();
      for (int i = 0; i < elements.size(); i++) {
        graph.put(IntValue.of(i + 1L), elements.get(i));
      }
      return Optional.of(graph);
    }
    return Optional.empty();
  }
}
