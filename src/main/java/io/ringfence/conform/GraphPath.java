package io.ringfence.conform;

import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a trace through a state graph, with the step that leads back if it loops.
 *
 * @param states the numbers of the states on it, in the order of the trace
 * @param edges the positions of the edges on it, in the order of the trace
 */
public record GraphPath(List<Integer> states, List<Integer> edges) {
  /** No way at all. */
  public static final GraphPath NONE = new GraphPath(List.of(), List.of());

  /**
   * Finds the way of a trace.
   *
   * @throws IllegalArgumentException if the trace is not one of this graph
   */
  public static GraphPath of(Trace trace, SpecGraph graph) {
    List<Integer> states = new ArrayList<>();
    List<Integer> edges = new ArrayList<>();
    int at = -1;
    for (TraceState state : trace.path()) {
      List<Value> values = graph.variables().stream().map(state.values()::get).toList();
      if (state.index() == 0) {
        at = start(graph, values);
      } else {
        int edge = edge(graph, at, state, values);
        edges.add(edge);
        at = graph.edges().get(edge).to();
      }
      states.add(at);
    }
    return new GraphPath(List.copyOf(states), List.copyOf(edges));
  }

  private static int start(SpecGraph graph, List<Value> values) {
    for (int i = 0; i < graph.states().size(); i++) {
      SpecGraph.State state = graph.states().get(i);
      if (state.initial() && state.values().equals(values)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "state 0 of the trace is no initial state of the graph; is it of another model?");
  }

  private static int edge(SpecGraph graph, int from, TraceState state, List<Value> values) {
    for (int i = 0; i < graph.edges().size(); i++) {
      SpecGraph.Edge edge = graph.edges().get(i);
      if (edge.from() == from
          && edge.action().equals(state.action())
          && graph.states().get(edge.to()).values().equals(values)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "the graph has no edge "
            + state.action()
            + " to state "
            + state.index()
            + " of the trace; is it of another model?");
  }
}
