package io.ringfence.conform;

import io.ringfence.tlc.eval.ActionInstance;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.ActionCall;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state graph that an exploration goes through anyway, as long as it is small: beyond a
 * limit it lets go of everything, so that a large model costs nothing.
 */
public final class GraphRecorder {
  /** Numbers that say an edge: the state that it leaves, the action, the state that it leads to. */
  private static final int EDGE = 3;

  private final int mostStates;
  private final int mostEdges;
  private final BitSet initial = new BitSet();
  private final BitSet kept = new BitSet();
  private final IntArrayList edges = new IntArrayList();
  private boolean small = true;
  private @Nullable SpecGraph graph;

  /**
   * Prepares for one exploration.
   *
   * @param mostStates the most states that the graph may have, those outside the model included
   * @param mostEdges the most edges that the graph may have
   */
  public GraphRecorder(int mostStates, int mostEdges) {
    this.mostStates = mostStates;
    this.mostEdges = mostEdges;
  }

  /** The whole graph, or null if it is too large or was not explored to the end. */
  public @Nullable SpecGraph graph() {
    return graph;
  }

  /** Says whether the graph is still small enough to be kept. */
  boolean isSmall() {
    return small;
  }

  void start(List<SpecSide.Initial> states) {
    for (SpecSide.Initial state : states) {
      initial.set(state.number());
    }
    limit(states.size());
  }

  void add(Expansion expansion) {
    if (!small) {
      return;
    }
    kept.set(expansion.number());
    for (int i = 0; i < expansion.targets().length && small; i++) {
      int target = expansion.targets()[i];
      edges.add(expansion.number());
      edges.add(expansion.actions()[i]);
      edges.add(target);
      limit(target + 1);
    }
  }

  private void limit(int states) {
    small = states <= mostStates && edges.size() <= (long) mostEdges * EDGE;
    if (!small) {
      edges.clear();
      edges.trim();
    }
  }

  /** Makes the graph of what was found, once everything is. */
  void finish(Evaluator spec, StateGraph found) {
    if (!small) {
      return;
    }
    List<SpecGraph.State> states = new ArrayList<>();
    for (int i = 0; i < found.states() + found.cut(); i++) {
      states.add(new SpecGraph.State(List.of(found.values(i)), initial.get(i), kept.get(i)));
    }
    List<ActionCall> calls = spec.actions().stream().map(ActionInstance::call).toList();
    List<SpecGraph.Edge> steps = new ArrayList<>(edges.size() / EDGE);
    for (int i = 0; i < edges.size(); i += EDGE) {
      ActionCall call = calls.get(edges.getInt(i + 1));
      steps.add(new SpecGraph.Edge(edges.getInt(i), call, edges.getInt(i + 2)));
    }
    graph = new SpecGraph(spec.variables(), states, steps);
  }
}
