package io.ringfence.junit;

import io.ringfence.tlc.TlcJob;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcState;
import io.ringfence.tlc.TraceBuilder;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.Evaluators;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The behavior that breaks a property, with what TLC does not print: the arguments of actions. */
final class Counterexample {
  private final TlcJob job;
  private final Violated violated;

  Counterexample(TlcJob job, Violated violated) {
    this.job = job;
    this.violated = violated;
  }

  /** Return the table of its steps, and how it goes on if it has no end. */
  String text() {
    List<TlcState> states = new ArrayList<>(violated.trace());
    String ending = "";
    if (violated.loop().isPresent()) {
      int loop = violated.loop().getAsInt();
      if (loop == states.size() - 1) {
        ending = "after step " + loop + " nothing happens, for ever";
      } else {
        // The step that closes the loop has an action, and changes, of its own.
        states.add(new TlcState(Optional.empty(), Optional.empty(), states.get(loop).values()));
        ending = "back to step " + loop + ", for ever";
      }
    }
    try (Evaluator spec =
        Evaluators.open(job.rootModule(), job.config(), job.libraryDirs(), job.tlcJar())) {
      Trace trace = new TraceBuilder(spec).build(states, TraceMeta.EMPTY);
      return (TraceTable.of(trace).text() + ending).strip();
    } catch (RuntimeException | IOException e) {
      // Whatever the evaluator stumbles over, the states are those that TLC found.
      return TraceTable.of(withoutArguments(states)).text()
          + ending
          + (ending.isEmpty() ? "" : "\n")
          + "(The arguments of the actions are not known: "
          + e.getMessage()
          + ")";
    }
  }

  private static Trace withoutArguments(List<TlcState> states) {
    List<TraceState> named = new ArrayList<>();
    for (TlcState state : states) {
      ActionCall action = state.action().map(name -> new ActionCall(name, Map.of())).orElse(null);
      named.add(new TraceState(named.size(), action, state.values()));
    }
    return new Trace(
        TraceMeta.EMPTY, List.copyOf(states.get(0).values().keySet()), named, OptionalInt.empty());
  }
}
