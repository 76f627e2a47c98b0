package io.ringfence.tlc;

import io.ringfence.tlc.eval.ActionInstance;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.SpecState;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Loop;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by which actions, with which arguments, TLC went from state to state: TLC prints
 * states, and its evaluator knows the steps.
 */
public final class TraceBuilder {
  private final Evaluator spec;

  /** Create a builder for the traces of a specification. */
  public TraceBuilder(Evaluator spec) {
    this.spec = spec;
  }

  /**
   * Complete a counterexample.
   *
   * @param loop the index of the state to which the last one leads back, that of the last one
   *     itself if nothing happens any more; empty if the behavior is a prefix
   * @throws IllegalStateException if the states are no behavior of the spec
   */
  public Trace build(List<TlcState> states, OptionalInt loop, TraceMeta meta) {
    List<TraceState> built = new ArrayList<>();
    SpecState at = null;
    for (TlcState state : states) {
      Value[] values = values(state);
      ActionCall action = null;
      if (at == null) {
        at = initial(values);
      } else {
        Step step = step(at, values);
        at = step.next;
        action = step.action;
      }
      if (at == null) {
        throw broken("state " + (built.size() + 1), "the one before");
      }
      built.add(new TraceState(built.size(), action, named(values)));
    }
    return new Trace(meta, spec.variables(), built, back(at, states, loop));
  }

  private Optional<Loop> back(@Nullable SpecState last, List<TlcState> states, OptionalInt loop) {
    if (last == null || loop.isEmpty()) {
      return Optional.empty();
    }
    int start = loop.getAsInt();
    if (start == states.size() - 1) {
      return Optional.of(new Loop(start, null));
    }
    ActionCall action = step(last, values(states.get(start))).action;
    if (action == null) {
      throw broken("state " + (start + 1), "the last one");
    }
    return Optional.of(new Loop(start, action));
  }

  private static IllegalStateException broken(String state, String before) {
    return new IllegalStateException(
        state
            + " of TLC's counterexample does not follow from "
            + before
            + " in TLC's own evaluator; the result cannot be trusted");
  }

  private Value[] values(TlcState state) {
    return spec.variables().stream().map(state.values()::get).toArray(Value[]::new);
  }

  private Map<String, Value> named(Value[] values) {
    Map<String, Value> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(spec.variables().get(i), values[i]);
    }
    return named;
  }

  private @Nullable SpecState initial(Value[] values) {
    return spec.initialStates().stream()
        .filter(state -> Arrays.equals(spec.values(state), values))
        .findFirst()
        .orElse(null);
  }

  private static final class Step {
    private @Nullable SpecState next;
    private @Nullable ActionCall action;
  }

  /** The first action, in the order of the spec, that leads to such values. */
  private Step step(SpecState from, Value[] values) {
    Step step = new Step();
    List<ActionInstance> actions = spec.actions();
    spec.successors(
        from,
        (action, next) -> {
          if (step.next == null && Arrays.equals(spec.values(next), values)) {
            step.next = next;
            step.action = actions.get(action).call();
          }
        });
    return step;
  }
}
