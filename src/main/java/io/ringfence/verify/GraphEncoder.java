package io.ringfence.verify;

import io.ringfence.conform.GraphPath;
import io.ringfence.conform.SpecGraph;
import io.ringfence.trace.FunctionValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes a state graph down with as little as it takes to show it. */
final class GraphEncoder {
  private final SpecGraph graph;
  private final Map<GraphRecord.Shape, Integer> shapes = new LinkedHashMap<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<int[]> values = new ArrayList<>();
  private final Map<String, Integer> actions = new LinkedHashMap<>();
  private final int[] actionOf;

  private GraphEncoder(SpecGraph graph) {
    this.graph = graph;
    this.actionOf =
        graph.edges().stream().mapToInt(edge -> action(edge.action().toString())).toArray();
  }

  /**
   * Writes a graph down.
   *
   * @param traces counterexamples of the model by their paths; one that the graph does not have, as
   *     when its claim has other constraints than the model, is left out
   */
  static GraphRecord encode(String model, SpecGraph graph, Map<String, Trace> traces) {
    GraphEncoder encoder = new GraphEncoder(graph);
    int[][] states = encoder.states();
    Map<String, int[]> paths = new LinkedHashMap<>();
    traces.forEach(
        (name, trace) -> {
          try {
            paths.put(name, encoder.path(GraphPath.of(trace, graph)));
          } catch (IllegalArgumentException e) {
            // The page says of a counterexample without a path that it is not in the graph.
          }
        });
    return new GraphRecord(
        model,
        graph.variables(),
        List.copyOf(encoder.shapes.keySet()),
        encoder.texts,
        encoder.values.toArray(int[][]::new),
        List.copyOf(encoder.actions.keySet()),
        encoder.numbersOf(true),
        encoder.numbersOf(false),
        states,
        encoder.edges(),
        paths);
  }

  private int[] numbersOf(boolean initial) {
    return IntStream.range(0, graph.states().size())
        .filter(i -> initial ? graph.states().get(i).initial() : !graph.states().get(i).inModel())
        .toArray();
  }

  private int[][] edges() {
    int[][] edges = new int[graph.states().size()][];
    IntArrayList steps = new IntArrayList();
    int next = 0;
    for (int from = 0; from < edges.length; from++) {
      steps.clear();
      for (; next < actionOf.length && graph.edges().get(next).from() == from; next++) {
        steps.add(actionOf[next]);
        steps.add(graph.edges().get(next).to());
      }
      edges[from] = steps.toIntArray();
    }
    return edges;
  }

  private int[] path(GraphPath path) {
    IntArrayList steps = IntArrayList.of(path.states().get(0));
    for (int edge : path.edges()) {
      steps.add(actionOf[edge]);
      steps.add(graph.edges().get(edge).to());
    }
    return steps.toIntArray();
  }

  private int[][] states() {
    int[][] states = new int[graph.states().size()][];
    for (int i = 0; i < states.length; i++) {
      if (graph.states().get(i).initial()) {
        states[i] = state(graph.states().get(i).values(), List.of());
      }
    }
    for (SpecGraph.Edge edge : graph.edges()) {
      if (states[edge.to()] == null) {
        states[edge.to()] =
            state(graph.states().get(edge.to()).values(), graph.states().get(edge.from()).values());
      }
    }
    return states;
  }

  private int[] state(List<Value> now, List<Value> before) {
    IntArrayList changed = new IntArrayList();
    for (int i = 0; i < now.size(); i++) {
      if (before.isEmpty() || !now.get(i).equals(before.get(i))) {
        changed.add(i);
        changed.add(value(now.get(i)));
      }
    }
    return changed.toIntArray();
  }

  private int action(String text) {
    return actions.computeIfAbsent(text, key -> actions.size());
  }

  private int shape(GraphRecord.Kind kind, List<String> keys) {
    return shapes.computeIfAbsent(new GraphRecord.Shape(kind, keys), key -> shapes.size());
  }

  private int value(Value value) {
    Integer known = numbers.get(value);
    if (known != null) {
      return known;
    }
    int[] written = written(value);
    int number = values.size();
    values.add(written);
    numbers.put(value, number);
    return number;
  }

  private int[] written(Value value) {
    if (value instanceof RecordValue fields) {
      return parts(
          shape(GraphRecord.Kind.RECORD, List.copyOf(fields.fields().keySet())),
          fields.fields().values());
    }
    if (value instanceof FunctionValue function) {
      List<String> keys = function.entries().keySet().stream().map(Value::toString).toList();
      return parts(shape(GraphRecord.Kind.FUNCTION, keys), function.entries().values());
    }
    if (value instanceof SeqValue sequence && !sequence.elements().isEmpty()) {
      return parts(shape(GraphRecord.Kind.SEQUENCE, List.of()), sequence.elements());
    }
    if (value instanceof SetValue set && !set.elements().isEmpty()) {
      return parts(shape(GraphRecord.Kind.SET, List.of()), set.elements());
    }
    texts.add(value.toString());
    return new int[] {shape(GraphRecord.Kind.TEXT, List.of()), texts.size() - 1};
  }

  private int[] parts(int shape, Collection<Value> values) {
    IntArrayList parts = IntArrayList.of(shape);
    values.forEach(part -> parts.add(value(part)));
    return parts.toIntArray();
  }
}
