package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.replay.Replay;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.verify.RunRecord.OtherReplay;
import io.ringfence.verify.RunRecord.OtherReplay.End;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A counterexample counts if the firmware does the same, and no more once it is repaired. */
class ReplayJudgeTest {
  private static final Trace TRACE =
      new Trace(
          new TraceMeta(Map.of()),
          List.of("n"),
          List.of(new TraceState(0, null, Map.of("n", IntValue.of(0)))),
          Optional.empty());

  private static Replay own(String... differences) {
    return new Replay(
        List.of(new Replay.Step(0, null, false, List.of(), List.of(differences), "", null, null)),
        1,
        null);
  }

  private static OtherReplay on(
      String design, End end, String start, @Nullable Integer partsAt, String why) {
    return new OtherReplay(design, true, end, start, partsAt, why);
  }

  private static ClaimJudge.Judgement judge(List<String> partsOn, OtherReplay... others) {
    return judge(partsOn, own(), others);
  }

  private static ClaimJudge.Judgement judge(
      List<String> partsOn, Replay own, OtherReplay... others) {
    return ReplayJudge.judge(
        new Manifest.Claim("M.P.cfg", "violates PInv", partsOn),
        new RunRecord.CounterexampleRecord("t.itf.json", TRACE, own, List.of(others)));
  }

  private static void accepts(ClaimJudge.Judgement judgement) {
    assertThat(judgement).isEqualTo(new ClaimJudge.Judgement(Verdict.EXPECTED_VIOLATION, ""));
  }

  private static void refuses(ClaimJudge.Judgement judgement, Verdict verdict, String... parts) {
    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(judgement.message()).contains(parts);
  }

  @Test
  void theFirmwareHasToDoTheSame() {
    accepts(judge(List.of()));
    refuses(judge(List.of(), own("n: 0 -> 1")), Verdict.DIVERGED, "at step 0", "n: 0 -> 1");
  }

  @Test
  void aRepairHasToChangeAStep() {
    List<String> repaired = List.of("+O-15");
    accepts(judge(repaired, on("+O-15", End.PARTS, "", 3, "n: 3 -> 2")));
    accepts(judge(repaired, on("+O-15", End.PARTS, "n: 0 -> 7", 3, "m: 3 -> 2")));
    refuses(
        judge(repaired, on("+O-15", End.FOLLOWS, "", null, "")),
        Verdict.DIVERGED,
        "happens on +O-15 too");
    refuses(
        judge(repaired, on("+O-15", End.FOLLOWS, "n: 0 -> 7", null, "")),
        Verdict.DIVERGED,
        "starts otherwise on +O-15",
        "'+O-15 initially'",
        "n: 0 -> 7");
    refuses(
        judge(repaired, on("+O-15", End.PARTS, "", 0, "no such initial state")),
        Verdict.DIVERGED,
        "starts otherwise on +O-15",
        "no such initial state");
  }

  @Test
  void aRepairOfTheInitialMemoryHasToChangeThatAlone() {
    List<String> repaired = List.of("+O-15 initially");
    accepts(judge(repaired, on("+O-15", End.FOLLOWS, "n: 0 -> 7", null, "")));
    accepts(judge(repaired, on("+O-15", End.PARTS, "", 0, "no such initial state")));
    refuses(
        judge(repaired, on("+O-15", End.FOLLOWS, "", null, "")),
        Verdict.DIVERGED,
        "happens on +O-15 too");
    refuses(
        judge(repaired, on("+O-15", End.PARTS, "n: 0 -> 7", 3, "m: 3 -> 2")),
        Verdict.DIVERGED,
        "at step 3",
        "remove 'initially'");
    refuses(
        judge(repaired, on("+O-15", End.PARTS, "", 3, "m: 3 -> 2")),
        Verdict.DIVERGED,
        "remove 'initially'");
  }

  @Test
  void whatCannotBeReplayedShowsNothing() {
    for (String parting : List.of("+O-15", "+O-15 initially")) {
      refuses(
          judge(List.of(parting), on("+O-15", End.UNFIT, "", null, "no such action")),
          Verdict.ERROR,
          "cannot be replayed on +O-15",
          "no such action");
    }
  }

  @Test
  void everyRepairCountsAndNoOtherDesign() {
    OtherReplay good = on("+O-15", End.PARTS, "", 3, "");
    OtherReplay bad = on("HARDENED", End.FOLLOWS, "", null, "");
    accepts(judge(List.of("+O-15"), bad, good));
    refuses(judge(List.of("+O-15", "HARDENED"), bad, good), Verdict.DIVERGED, "HARDENED");
  }
}
