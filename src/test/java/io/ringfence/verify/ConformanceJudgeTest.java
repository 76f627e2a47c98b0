package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.conform.Conformance;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Only a complete agreement with the pinned counts passes. */
class ConformanceJudgeTest {
  private static ClaimJudge.Judgement judge(
      Map<String, Long> actions,
      Map<String, Boolean> witnesses,
      long edges,
      Conformance.@Nullable Difference difference) {
    Manifest.Model model =
        new Manifest.Model(
            "M",
            "",
            "S",
            "M.tla",
            "ci",
            "V",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Manifest.Pinned(1, 10, 20, 30),
            List.of("ReachBoth"),
            Map.of("Never", "there is no second core"),
            Map.of(),
            Map.of(),
            List.of(new Manifest.Claim("M.cfg", "holds", List.of())));
    return ConformanceJudge.judge(
        model, new Conformance(1, 10, edges, 30, 0, 10, actions, witnesses, difference, 0.1));
  }

  @Test
  void passesWhenAllIsAsPinned() {
    assertThat(judge(Map.of("Step", 20L, "Never", 0L), Map.of("ReachBoth", true), 20, null))
        .isEqualTo(new ClaimJudge.Judgement(Verdict.PASS, ""));
  }

  @Test
  void anActionThatNeverFiresIsVacuousUnlessTheManifestSaysWhy() {
    ClaimJudge.Judgement judgement =
        judge(Map.of("Step", 20L, "Other", 0L), Map.of("ReachBoth", true), 20, null);
    assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
    assertThat(judgement.message()).contains("Other never fires");
  }

  @Test
  void anActionThatFiresAgainstTheManifestIsVacuous() {
    ClaimJudge.Judgement judgement =
        judge(Map.of("Step", 19L, "Never", 1L), Map.of("ReachBoth", true), 20, null);
    assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
    assertThat(judgement.message()).contains("Never fires", "manifest");
  }

  @Test
  void aWitnessThatNoStateSatisfiesIsVacuous() {
    ClaimJudge.Judgement judgement =
        judge(Map.of("Step", 20L), Map.of("ReachBoth", false), 20, null);
    assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
    assertThat(judgement.message()).contains("ReachBoth");
  }

  @Test
  void otherCountsThanThePinnedOnesAreAChange() {
    ClaimJudge.Judgement judgement =
        judge(Map.of("Step", 20L), Map.of("ReachBoth", true), 21, null);
    assertThat(judgement.verdict()).isEqualTo(Verdict.CHANGED);
    assertThat(judgement.message()).contains("edges 21", "edges 20");
  }

  @Test
  void aDifferenceComesBeforeEverythingElse() {
    Trace trace =
        new Trace(
            TraceMeta.EMPTY,
            List.of(),
            List.of(new TraceState(0, null, Map.of())),
            Optional.empty());
    ClaimJudge.Judgement judgement =
        judge(
            Map.of("Step", 0L),
            Map.of("ReachBoth", false),
            3,
            new Conformance.Difference(
                Conformance.DifferenceKind.REFUSED, trace, null, List.of("x: 1 -> 2"), "why"));
    assertThat(judgement.verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(judgement.message()).contains("REFUSED", "x: 1 -> 2", "why");
  }
}
