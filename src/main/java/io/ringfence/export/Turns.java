package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import java.util.List;
import java.util.function.Function;

/** The steps of a trace in which the test announces those that have code. */
final class Turns {
  private Turns() {}

  /**
   * The steps in their order.
   *
   * @param thread who takes a step; empty for what no thread does
   * @param code the statements of a step, none if it is within a call that began before
   */
  static List<Turn> of(
      Trace trace, Function<ActionCall, String> thread, Function<ActionCall, List<String>> code) {
    return ofSteps(trace, thread, step -> code.apply(step.call()));
  }

  /** The same, where the code of a step depends on a state before or after it. */
  static List<Turn> ofSteps(
      Trace trace, Function<ActionCall, String> thread, Function<Step, List<String>> code) {
    return Step.of(trace).stream()
        .map(step -> turn(step.call(), thread.apply(step.call()), code.apply(step)))
        .toList();
  }

  private static Turn turn(ActionCall call, String thread, List<String> code) {
    return new Turn(thread, call.name(), Plain.comment(call.toString()), !code.isEmpty(), code);
  }
}
