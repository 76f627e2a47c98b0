package io.ringfence.verify;

import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcResult;
import java.util.OptionalLong;

/** Turns what TLC said about a claim into a verdict. What is not expressly good is not good. */
public final class ClaimJudge {
  private ClaimJudge() {}

  /**
   * A verdict with its reason.
   *
   * @param message why; empty if the outcome is the expected one
   */
  public record Judgement(Verdict verdict, String message) {}

  /** Judges a run of TLC on a claim. */
  public static Judgement judge(Manifest.Model model, Manifest.Claim claim, TlcResult result) {
    TlcOutcome outcome = result.outcome();
    if (outcome instanceof TlcOutcome.Success) {
      return succeeded(model, claim, result);
    }
    if (outcome instanceof TlcOutcome.Violated violated) {
      return violated(claim, violated);
    }
    if (outcome instanceof TlcOutcome.Incomplete incomplete) {
      return new Judgement(Verdict.INCOMPLETE, incomplete.message());
    }
    if (outcome instanceof TlcOutcome.Failed failed) {
      return new Judgement(Verdict.ERROR, failed.kind() + ": " + failed.describe());
    }
    return new Judgement(Verdict.ERROR, "unknown outcome of TLC: " + outcome);
  }

  private static Judgement succeeded(Manifest.Model model, Manifest.Claim claim, TlcResult result) {
    if (!claim.holds()) {
      return new Judgement(
          Verdict.MISSING_VIOLATION, claim.violated() + " holds, and was expected to be violated");
    }
    OptionalLong distinct = result.statistics().distinct();
    if (distinct.isEmpty() || distinct.getAsLong() != model.pinned().states()) {
      return new Judgement(
          Verdict.CHANGED,
          "TLC found "
              + (distinct.isEmpty() ? "no number of" : distinct.getAsLong())
              + " distinct states, pinned are "
              + model.pinned().states()
              + "; if the change is meant, pin the new number in the manifest");
    }
    return new Judgement(Verdict.PASS, "");
  }

  private static Judgement violated(Manifest.Claim claim, TlcOutcome.Violated violated) {
    String property = violated.property().orElse("a property that TLC does not name");
    if (claim.holds()) {
      return new Judgement(Verdict.VIOLATION, property + " is violated");
    }
    if (!property.equals(claim.violated())) {
      return new Judgement(
          Verdict.MISSING_VIOLATION,
          claim.violated() + " was expected to be violated; instead " + property + " is");
    }
    return new Judgement(Verdict.EXPECTED_VIOLATION, "");
  }
}
