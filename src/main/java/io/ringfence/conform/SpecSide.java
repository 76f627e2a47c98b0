package io.ringfence.conform;

import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.SpecState;
import io.ringfence.trace.Value;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Explores the spec breadth first with TLC's own evaluator. */
final class SpecSide {
  private final Evaluator spec;
  private final StateGraph graph;
  private final Deque<Pending> queue = new ArrayDeque<>();
  private final Map<String, Boolean> witnesses = new LinkedHashMap<>();
  private final List<String> unseen;

  private record Pending(int number, SpecState state) {}

  /**
   * An initial state.
   *
   * @param keep whether it will be expanded
   */
  record Initial(int number, Value[] values, boolean keep) {}

  SpecSide(Evaluator spec, List<String> witnesses) {
    this.spec = spec;
    this.graph = new StateGraph(spec);
    this.unseen = new ArrayList<>(witnesses);
    witnesses.forEach(witness -> this.witnesses.put(witness, false));
  }

  StateGraph graph() {
    return graph;
  }

  Map<String, Boolean> witnesses() {
    return witnesses;
  }

  /** Finds the initial states; repetitions count once. */
  List<Initial> initialStates() {
    List<Initial> found = new ArrayList<>();
    for (SpecState state : spec.initialStates()) {
      long before = graph.states() + graph.cut();
      StateGraph.Visit visit = graph.visit(state, StateGraph.NO_PARENT, -1, true);
      if (graph.states() + graph.cut() > before) {
        found.add(new Initial(visit.number(), graph.values(visit.number()), visit.explore()));
        enqueue(visit, state);
      }
    }
    return found;
  }

  /** Expands every state that is reached, in the order of the state numbers. */
  void explore(Consumer<Expansion> sink) {
    for (Pending next = queue.poll(); next != null; next = queue.poll()) {
      sink.accept(expand(next));
    }
  }

  private Expansion expand(Pending from) {
    IntArrayList actions = new IntArrayList();
    IntArrayList targets = new IntArrayList();
    BitSet keep = new BitSet();
    spec.successors(
        from.state(),
        (action, next) -> {
          boolean allowed = spec.inActions(from.state(), next);
          StateGraph.Visit visit = graph.visit(next, from.number(), action, allowed);
          if (!isRepetition(actions, targets, action, visit.number())) {
            actions.add(action);
            targets.add(visit.number());
            keep.set(targets.size() - 1, visit.explore());
            enqueue(visit, next);
          }
        });
    Value[][] values = new Value[targets.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = graph.values(targets.getInt(i));
    }
    return new Expansion(from.number(), actions.toIntArray(), targets.toIntArray(), values, keep);
  }

  /** TLC can report one edge several times, for example through a disjunction that overlaps. */
  private static boolean isRepetition(
      IntArrayList actions, IntArrayList targets, int action, int target) {
    for (int i = actions.size() - 1; i >= 0 && actions.getInt(i) == action; i--) {
      if (targets.getInt(i) == target) {
        return true;
      }
    }
    return false;
  }

  private void enqueue(StateGraph.Visit visit, SpecState state) {
    if (visit.explore()) {
      queue.add(new Pending(visit.number(), state));
      unseen.removeIf(
          witness -> {
            boolean reached = spec.holds(witness, state);
            if (reached) {
              witnesses.put(witness, true);
            }
            return reached;
          });
    }
  }
}
