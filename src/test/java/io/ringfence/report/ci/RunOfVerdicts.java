package io.ringfence.report.ci;

import io.ringfence.conform.Conformance;
import io.ringfence.replay.Replay;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Loop;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.verify.Catalogue;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Sources;
import io.ringfence.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A made-up run with a claim for each verdict. */
final class RunOfVerdicts {
  private static final Trace TRACE =
      new Trace(
          new TraceMeta(Map.of()),
          List.of(),
          List.of(new TraceState(0, null, Map.of())),
          Optional.empty());

  static final String SPEC =
      """
      ---- MODULE Lamp ----
      EXTENDS Switch
      Init == on = FALSE
      (* Press(t) == is no definition here *)
      Inv == on = FALSE
      ====
      """;
  static final String PART =
      """
      ---- MODULE Switch ----
      VARIABLE on
      LOCAL Nothing == TRUE
      Press(t) == on' = ~on
      ====
      """;

  private RunOfVerdicts() {}

  /** A run of one model; each claim is named for its verdict. */
  static RunRecord of(Verdict conformance, Verdict... verdicts) {
    return of("Lamp", "", conformance, verdicts);
  }

  /** The same with a text that is part of every name and message. */
  static RunRecord of(String model, String text, Verdict conformance, Verdict... verdicts) {
    List<RunRecord.ClaimRecord> claims = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      claims.add(claim(verdict, text));
    }
    return of(model, text, conformance, claims);
  }

  /** A run whose only claim is violated by a trace that goes on for ever. */
  static RunRecord endless(Loop loop, Replay.Loop replayed) {
    TraceState second = new TraceState(1, press(""), Map.of());
    Trace trace =
        new Trace(
            TRACE.meta(), List.of(), List.of(TRACE.states().get(0), second), Optional.of(loop));
    Replay replay =
        new Replay(List.of(step(0, null, List.of()), step(1, press(""), List.of())), 2, replayed);
    RunRecord.ClaimRecord claim =
        claim(
            Verdict.EXPECTED_VIOLATION,
            "",
            new RunRecord.CounterexampleRecord(
                "traces/Lamp.Inv.itf.json", trace, replay, List.of()));
    return of("Lamp", "", Verdict.PASS, List.of(claim));
  }

  private static RunRecord of(
      String model, String text, Verdict conformance, List<RunRecord.ClaimRecord> claims) {
    return run(
        List.of(
            new RunRecord.ModelRecord(
                model,
                "A lamp",
                "Lamp",
                "MCLamp.tla",
                "ci",
                "MERGED",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                claims,
                conformance,
                text,
                conformance == Verdict.ERROR ? null : conformance(conformance),
                null)));
  }

  static RunRecord run(List<RunRecord.ModelRecord> models) {
    return new RunRecord(
        RunRecord.SCHEMA,
        "test",
        List.of("./ringfence", "verify"),
        "2026-01-02T03:04:05Z",
        1.5,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(
            new RunRecord.PropertyRecord(
                "LMP-1", "Dark", "Inv", "Lamp.tla", 5, "The lamp is off.", "", List.of())),
        models,
        new Catalogue(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()),
        new Sources(Map.of("Lamp", SPEC, "Switch", PART), Map.of()));
  }

  private static RunRecord.ClaimRecord claim(Verdict verdict, String text) {
    boolean violated =
        verdict == Verdict.VIOLATION
            || verdict == Verdict.EXPECTED_VIOLATION
            || verdict == Verdict.DIVERGED;
    return claim(verdict, text, violated ? counterexample(verdict, text) : null);
  }

  private static RunRecord.ClaimRecord claim(
      Verdict verdict, String text, RunRecord.@Nullable CounterexampleRecord counterexample) {
    boolean violated = counterexample != null;
    return new RunRecord.ClaimRecord(
        "lamp/" + verdict + text + ".cfg",
        violated ? "violates Inv" : "holds",
        List.of("Inv"),
        verdict,
        verdict.passes() ? "" : text,
        violated ? "Inv" : null,
        null,
        counterexample);
  }

  private static RunRecord.CounterexampleRecord counterexample(Verdict verdict, String text) {
    ActionCall press = press(text);
    boolean agrees = verdict != Verdict.DIVERGED;
    List<Replay.Step> steps =
        List.of(
            step(0, null, List.of()),
            step(1, press, agrees ? List.of() : List.of("on: TRUE -> FALSE" + text)));
    return new RunRecord.CounterexampleRecord(
        "traces/Lamp.Inv.itf.json", TRACE, new Replay(steps, agrees ? 2 : 3, null), List.of());
  }

  static Replay.Step step(int index, @Nullable ActionCall action, List<String> differences) {
    return new Replay.Step(
        index, action, false, List.of("on: FALSE -> TRUE"), differences, "", null, null);
  }

  static ActionCall press(String text) {
    return new ActionCall("Press", Map.of("t", StringValue.of("ipc" + text)));
  }

  private static Conformance conformance(Verdict verdict) {
    Conformance.Difference difference =
        new Conformance.Difference(
            Conformance.DifferenceKind.STATE, TRACE, press(""), List.of("on: TRUE -> FALSE"), "");
    return new Conformance(
        1,
        2,
        4,
        3,
        0,
        2,
        Map.of("Press", 4L),
        Map.of(),
        verdict == Verdict.DIVERGED ? difference : null,
        0.25);
  }
}
