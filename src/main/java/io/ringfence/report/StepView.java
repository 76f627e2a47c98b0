package io.ringfence.report;

import io.ringfence.replay.Replay;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a counterexample; the last one is that which leads back, if there is one.
 *
 * @param action the action with its arguments, or {@code initial state}
 * @param variables the state after the step
 * @param replayed what the firmware did, or null if it left the trace before
 */
public record StepView(
    int index, String action, List<ValueNode> variables, Replay.@Nullable Step replayed) {

  static List<StepView> of(Trace trace, Replay replay) {
    List<StepView> views = new ArrayList<>();
    List<TraceState> states = trace.path();
    List<Replay.Step> way = replay.way();
    for (int i = 0; i < states.size(); i++) {
      List<ValueNode> variables = new ArrayList<>();
      for (Map.Entry<String, Value> variable : states.get(i).values().entrySet()) {
        Value before = i == 0 ? null : states.get(i - 1).values().get(variable.getKey());
        variables.add(ValueNode.of(variable.getKey(), variable.getValue(), before));
      }
      views.add(
          new StepView(
              i, action(states.get(i).action()), variables, i < way.size() ? way.get(i) : null));
    }
    return views;
  }

  private static String action(@Nullable ActionCall action) {
    return action == null ? "initial state" : action.toString();
  }
}
