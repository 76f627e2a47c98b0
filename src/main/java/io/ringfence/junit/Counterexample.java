package io.ringfence.junit;

import io.ringfence.tlc.TlcJob;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcState;
import io.ringfence.tlc.TraceBuilder;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.Evaluators;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Loop;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    List<TlcState> states = violated.trace();
    try (Evaluator spec =
        Evaluators.open(job.rootModule(), job.config(), job.libraryDirs(), job.tlcJar())) {
      Trace trace = new TraceBuilder(spec).build(states, violated.loop(), TraceMeta.EMPTY);
      return TraceTable.of(trace).text().strip();
    } catch (RuntimeException | IOException e) {
      // Whatever the evaluator stumbles over, the states are those that TLC found.
      return TraceTable.of(withoutArguments()).text()
          + (violated.loop().isPresent() ? "\n" : "")
          + "(The arguments of the actions are not known: "
          + e.getMessage()
          + ")";
    }
  }

  private Trace withoutArguments() {
    List<TraceState> named = new ArrayList<>();
    for (TlcState state : violated.trace()) {
      ActionCall action = state.action().map(name -> new ActionCall(name, Map.of())).orElse(null);
      named.add(new TraceState(named.size(), action, state.values()));
    }
    Optional<Loop> loop =
        violated.loop().isPresent()
            ? Optional.of(new Loop(violated.loop().getAsInt(), null))
            : Optional.empty();
    return new Trace(TraceMeta.EMPTY, List.copyOf(named.get(0).values().keySet()), named, loop);
  }
}
