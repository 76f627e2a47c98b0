package io.ringfence.tlc.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The graph that TLC explores, found with an evaluator, breadth first. */
final class StateGraph {
  /** States by fingerprint, in the order of their discovery. */
  final Map<Long, SpecState> states = new LinkedHashMap<>();

  /** Every edge, parallel ones and those that leave the model included. */
  final List<Edge> edges = new ArrayList<>();

  /** Initial states, repetitions and those outside the model included. */
  int initial;

  record Edge(long from, int action, long to) {}

  static StateGraph explore(Evaluator evaluator) {
    StateGraph graph = new StateGraph();
    Deque<SpecState> queue = new ArrayDeque<>();
    for (SpecState state : evaluator.initialStates()) {
      graph.initial++;
      if (evaluator.inModel(state)
          && graph.states.putIfAbsent(evaluator.fingerprint(state), state) == null) {
        queue.add(state);
      }
    }
    while (!queue.isEmpty()) {
      SpecState from = queue.remove();
      evaluator.successors(
          from,
          (action, to) -> {
            long fingerprint = evaluator.fingerprint(to);
            graph.edges.add(new Edge(evaluator.fingerprint(from), action, fingerprint));
            if (evaluator.inModel(to)
                && evaluator.inActions(from, to)
                && graph.states.putIfAbsent(fingerprint, to) == null) {
              queue.add(to);
            }
          });
    }
    return graph;
  }

  Set<Long> fingerprints() {
    return new HashSet<>(states.keySet());
  }
}
