package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a trace.
 *
 * @param number of the step, from 1
 */
record Step(int number, ActionCall call, TraceState before, TraceState after) {
  /**
   * The steps of a trace.
   *
   * @throws ExportException if a state does not say which action led to it, or if there are none
   */
  static List<Step> of(Trace trace) {
    List<Step> steps = new ArrayList<>();
    for (ActionCall call : ActionArguments.calls(trace)) {
      int number = steps.size() + 1;
      steps.add(new Step(number, call, trace.states().get(number - 1), trace.states().get(number)));
    }
    return steps;
  }
}
