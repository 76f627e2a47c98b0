package io.ringfence.export;

import io.ringfence.conform.SpecGraph;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The way of a trace through a state graph.
 *
 * @param states the numbers of the states on it
 * @param edges the positions of the edges on it
 */
public record GraphPath(BitSet states, BitSet edges) {
  /** No way at all. */
  public static final GraphPath NONE = new GraphPath(new BitSet(), new BitSet());

  /**
   * Finds the way of a trace.
   *
   * @throws ExportException if the trace is not one of this graph
   */
  public static GraphPath of(Trace trace, SpecGraph graph) {
    Map<List<Value>, Integer> numbers = new HashMap<>();
    for (int i = 0; i < graph.states().size(); i++) {
      numbers.put(graph.states().get(i).values(), i);
    }
    BitSet states = new BitSet();
    BitSet edges = new BitSet();
    int from = -1;
    for (TraceState state : trace.states()) {
      Integer number = numbers.get(values(state, graph.variables()));
      if (number == null || (from < 0 && !graph.states().get(number).initial())) {
        throw new ExportException(
            "state "
                + state.index()
                + " of the trace is not in the graph; is it of another model?");
      }
      states.set(number);
      if (from >= 0) {
        edges.set(edge(graph, from, state, number));
      }
      from = number;
    }
    return new GraphPath(states, edges);
  }

  private static List<Value> values(TraceState state, List<String> variables) {
    return variables.stream()
        .map(variable -> state.values().get(variable))
        .filter(Objects::nonNull)
        .toList();
  }

  private static int edge(SpecGraph graph, int from, TraceState state, int to) {
    for (int i = 0; i < graph.edges().size(); i++) {
      SpecGraph.Edge edge = graph.edges().get(i);
      if (edge.from() == from && edge.to() == to && edge.action().equals(state.action())) {
        return i;
      }
    }
    throw new ExportException(
        "the graph has no edge "
            + state.action()
            + " to state "
            + state.index()
            + " of the trace; is it of another model?");
  }
}
