package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcResult;
import io.ringfence.tlc.TlcStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Only the expected outcome is good. */
class ClaimJudgeTest {
  private static final Manifest.Claim HOLDS = new Manifest.Claim("M.cfg", "holds", List.of());
  private static final Manifest.Claim FAILS =
      new Manifest.Claim("M.P.cfg", "violates PInv", List.of());

  private static Verdict judge(Manifest.Claim claim, TlcOutcome outcome, long distinct) {
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
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(claim));
    TlcStatistics statistics =
        new TlcStatistics(
            OptionalLong.of(1),
            OptionalLong.of(20),
            OptionalLong.of(distinct),
            OptionalLong.of(0),
            OptionalInt.of(3),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of());
    TlcResult result =
        new TlcResult(
            outcome,
            statistics,
            List.of(),
            "TLC",
            List.of(),
            OptionalInt.of(0),
            Duration.ZERO,
            0,
            0);
    return ClaimJudge.judge(model, claim, result).verdict();
  }

  private static TlcOutcome violated(String property) {
    return new TlcOutcome.Violated(
        TlcOutcome.ViolationKind.INVARIANT,
        Optional.ofNullable(property),
        List.of(),
        OptionalInt.empty(),
        "");
  }

  @Test
  void passesOnlyWithThePinnedNumberOfStates() {
    assertThat(judge(HOLDS, new TlcOutcome.Success(), 10)).isEqualTo(Verdict.PASS);
    assertThat(judge(HOLDS, new TlcOutcome.Success(), 9)).isEqualTo(Verdict.CHANGED);
    assertThat(judge(HOLDS, new TlcOutcome.Success(), 11)).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void expectsTheNamedPropertyToBeViolatedAndNoOther() {
    assertThat(judge(FAILS, violated("PInv"), 5)).isEqualTo(Verdict.EXPECTED_VIOLATION);
    assertThat(judge(FAILS, violated("QInv"), 5)).isEqualTo(Verdict.MISSING_VIOLATION);
    assertThat(judge(FAILS, violated(null), 5)).isEqualTo(Verdict.MISSING_VIOLATION);
    assertThat(judge(FAILS, new TlcOutcome.Success(), 10)).isEqualTo(Verdict.MISSING_VIOLATION);
  }

  @Test
  void reportsAViolationWhereNoneIsExpected() {
    assertThat(judge(HOLDS, violated("PInv"), 10)).isEqualTo(Verdict.VIOLATION);
  }

  @Test
  void neverTakesALimitOrAFailureForSuccess() {
    for (Manifest.Claim claim : List.of(HOLDS, FAILS)) {
      for (TlcOutcome.IncompleteReason reason : TlcOutcome.IncompleteReason.values()) {
        assertThat(judge(claim, new TlcOutcome.Incomplete(reason, ""), 10))
            .isEqualTo(Verdict.INCOMPLETE);
      }
      for (TlcOutcome.FailureKind kind : TlcOutcome.FailureKind.values()) {
        assertThat(judge(claim, new TlcOutcome.Failed(kind, "", Optional.empty()), 10))
            .isEqualTo(Verdict.ERROR);
      }
    }
  }

  @Test
  void letsABuildPassWithTwoVerdictsOnly() {
    assertThat(Verdict.values())
        .filteredOn(Verdict::passes)
        .containsExactly(Verdict.PASS, Verdict.EXPECTED_VIOLATION);
  }
}
