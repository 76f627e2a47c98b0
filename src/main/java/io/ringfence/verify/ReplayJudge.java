package io.ringfence.verify;

import io.ringfence.replay.Replay;
import io.ringfence.verify.RunRecord.OtherReplay.End;

/** Judges a counterexample: it counts if the firmware does the same, and no more once repaired. */
final class ReplayJudge {
  private static final ClaimJudge.Judgement GOOD =
      new ClaimJudge.Judgement(Verdict.EXPECTED_VIOLATION, "");

  private ReplayJudge() {}

  /** Judges the replays of a counterexample that was expected. */
  static ClaimJudge.Judgement judge(
      Manifest.Claim claim, RunRecord.CounterexampleRecord counterexample) {
    Replay.Step parting = counterexample.replay().parting();
    if (parting != null) {
      return diverged(
          "the firmware leaves the counterexample at "
              + counterexample.replay().place(parting)
              + ": "
              + String.join("; ", parting.differences()));
    }
    return claim.partings().stream()
        .map(expected -> judge(expected, on(expected.design(), counterexample)))
        .filter(judgement -> !judgement.equals(GOOD))
        .findFirst()
        .orElse(GOOD);
  }

  private static RunRecord.OtherReplay on(
      String design, RunRecord.CounterexampleRecord counterexample) {
    return counterexample.elsewhere().stream()
        .filter(replay -> replay.design().equals(design))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not replayed on " + design));
  }

  private static ClaimJudge.Judgement judge(
      Manifest.Parting expected, RunRecord.OtherReplay replay) {
    if (replay.end() == End.UNFIT) {
      return new ClaimJudge.Judgement(
          Verdict.ERROR,
          "the counterexample cannot be replayed on " + replay.design() + ": " + replay.why());
    }
    return expected.initially() ? startsElsewhere(replay) : leaves(replay);
  }

  /** A repair that only changes how the firmware starts has nothing to do with what goes wrong. */
  private static ClaimJudge.Judgement leaves(RunRecord.OtherReplay replay) {
    if (replay.end() == End.PARTS && !isBeforeAnyStep(replay)) {
      return GOOD;
    }
    return diverged(
        isOtherStart(replay)
            ? "the firmware starts otherwise on "
                + replay.design()
                + " and then takes all steps of the counterexample; name what repairs the defect, or"
                + " write '"
                + replay.design()
                + " initially' in the manifest if the defect is in the initial memory ("
                + (isBeforeAnyStep(replay) ? replay.why() : replay.start())
                + ")"
            : "the counterexample happens on "
                + replay.design()
                + " too, where the manifest says that it cannot");
  }

  private static ClaimJudge.Judgement startsElsewhere(RunRecord.OtherReplay replay) {
    if (isBeforeAnyStep(replay) || replay.end() == End.FOLLOWS && isOtherStart(replay)) {
      return GOOD;
    }
    return diverged(
        replay.end() == End.PARTS
            ? "the firmware leaves the counterexample on "
                + replay.design()
                + " at step "
                + replay.partsAt()
                + ", and the manifest says that only the initial memory is another; remove"
                + " 'initially' there"
            : "the counterexample happens on "
                + replay.design()
                + " too, where the manifest says that the initial memory is another");
  }

  private static boolean isOtherStart(RunRecord.OtherReplay replay) {
    return isBeforeAnyStep(replay) || !replay.start().isEmpty();
  }

  private static boolean isBeforeAnyStep(RunRecord.OtherReplay replay) {
    return Integer.valueOf(0).equals(replay.partsAt());
  }

  private static ClaimJudge.Judgement diverged(String message) {
    return new ClaimJudge.Judgement(Verdict.DIVERGED, message);
  }
}
