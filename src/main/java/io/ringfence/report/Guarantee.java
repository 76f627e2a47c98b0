package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.List;

/** What a model guarantees, within its bounds and on its assumptions. */
public final class Guarantee {
  private Guarantee() {}

  /** The operators that hold: those of claims that passed. */
  public static List<String> properties(RunRecord.ModelRecord model) {
    return model.claims().stream()
        .filter(claim -> claim.verdict() == Verdict.PASS)
        .flatMap(claim -> claim.properties().stream())
        .distinct()
        .toList();
  }

  /** Whether the firmware of the model was compared, and agrees. */
  public static boolean ofFirmware(RunRecord.ModelRecord model) {
    return model.conformance() != null && model.conformanceVerdict() == Verdict.PASS;
  }
}
