package io.ringfence.report;

import io.ringfence.verify.Coverage;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A violation that a defect leads to.
 *
 * @param property the id of the property that is violated
 * @param link the page of the counterexample, or null if there is none
 * @param steps the length of the counterexample, or null if there is none
 */
record Evidence(
    RunRecord.ModelRecord model, String property, @Nullable String link, @Nullable Integer steps) {

  /**
   * A defect leads where a model has it and no other or the firmware without it leaves the trace,
   * where its fix ends the trace, or where it is said to.
   */
  static List<Evidence> of(RunRecord run, String defect) {
    List<String> said = run.catalogue().shownBy().getOrDefault(defect, List.of());
    List<Evidence> found = new ArrayList<>();
    for (RunRecord.ModelRecord model : run.models()) {
      boolean has = model.defects().stream().anyMatch(part -> Coverage.isPartOf(part, defect));
      boolean isAlone = model.defects().size() == 1;
      for (RunRecord.ClaimRecord claim : model.claims()) {
        if (claim.violated() != null
            && (has && (isAlone || parts(claim, "-", defect))
                || said.contains(claim.config())
                || parts(claim, "+", defect))) {
          found.add(of(run, model, claim, claim.violated()));
        }
      }
    }
    return found;
  }

  private static Evidence of(
      RunRecord run, RunRecord.ModelRecord model, RunRecord.ClaimRecord claim, String operator) {
    String property = id(run, model, operator);
    RunRecord.CounterexampleRecord counterexample = claim.counterexample();
    return counterexample == null
        ? new Evidence(model, property, null, null)
        : new Evidence(
            model,
            property,
            Pages.counterexample(counterexample),
            counterexample.replay().total() - 1);
  }

  /** The id of the property that an operator of a model's spec is, or the operator's name. */
  static String id(RunRecord run, RunRecord.ModelRecord model, String operator) {
    return run.properties().stream()
        .filter(known -> known.is(operator, model))
        .map(RunRecord.PropertyRecord::id)
        .findFirst()
        .orElse(operator);
  }

  /** Whether the trace ends on firmware with a fix, +, or without a defect, -. */
  private static boolean parts(RunRecord.ClaimRecord claim, String sign, String defect) {
    RunRecord.CounterexampleRecord counterexample = claim.counterexample();
    return counterexample != null
        && counterexample.elsewhere().stream()
            .flatMap(other -> List.of(other.design().split(" ", -1)).stream())
            .anyMatch(
                part -> part.startsWith(sign) && Coverage.isPartOf(part.substring(1), defect));
  }
}
