package io.ringfence.conform;

import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.SpecState;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states that TLC's evaluator has reached, numbered in the order of discovery, each with the
 * edge that first led to it: a breadth-first tree of shortest behaviors.
 *
 * <p>A state is known by TLC's fingerprint, as in TLC itself. States outside the model (state
 * constraints) have numbers too, since edges lead to them, but they are not explored.
 */
final class StateGraph {
  private static final int UNKNOWN = -1;
  static final int NO_PARENT = -1;

  private final Evaluator spec;
  private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
  private final List<Value[]> values = new ArrayList<>();
  private final IntArrayList parents = new IntArrayList();
  private final IntArrayList parentActions = new IntArrayList();
  private long cut;

  StateGraph(Evaluator spec) {
    this.spec = spec;
    numbers.defaultReturnValue(UNKNOWN);
  }

  /** A state, and whether this is the first time that it is met, and whether to explore it. */
  record Visit(int number, boolean explore) {}

  Visit visit(SpecState state, int parent, int action, boolean stepAllowed) {
    long fingerprint = spec.fingerprint(state);
    int known = numbers.get(fingerprint);
    if (known != UNKNOWN) {
      return new Visit(known, false);
    }
    int number = values.size();
    numbers.put(fingerprint, number);
    values.add(spec.values(state));
    parents.add(parent);
    parentActions.add(action);
    boolean explore = stepAllowed && spec.inModel(state);
    if (!explore) {
      cut++;
    }
    return new Visit(number, explore);
  }

  Value[] values(int number) {
    return values.get(number);
  }

  /** Distinct states in the model. */
  long states() {
    return values.size() - cut;
  }

  /** Distinct states outside the model. */
  long cut() {
    return cut;
  }

  /** Returns the first-found behavior that ends in a state, and then takes one more step. */
  Trace behavior(int number, int action, Value @Nullable [] last) {
    Deque<Integer> path = new ArrayDeque<>();
    for (int n = number; n != NO_PARENT; n = parents.getInt(n)) {
      path.push(n);
    }
    List<TraceState> states = new ArrayList<>();
    for (int n : path) {
      int by = parentActions.getInt(n);
      states.add(state(states.size(), by, values.get(n)));
    }
    if (last != null) {
      states.add(state(states.size(), action, last));
    }
    return new Trace(new TraceMeta(Map.of()), spec.variables(), states, Optional.empty());
  }

  private TraceState state(int index, int action, Value[] stateValues) {
    Map<String, Value> named = new LinkedHashMap<>();
    for (int i = 0; i < stateValues.length; i++) {
      named.put(spec.variables().get(i), stateValues[i]);
    }
    return new TraceState(index, action < 0 ? null : spec.actions().get(action).call(), named);
  }
}
