package io.ringfence.report;

import io.ringfence.verify.Coverage;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  /** The violations of a run that a defect leads to. */
  static List<Evidence> of(RunRecord run, String defect) {
    List<Evidence> found = new ArrayList<>();
    for (RunRecord.ModelRecord model : run.models()) {
      for (RunRecord.ClaimRecord claim : model.claims()) {
        if (claim.violated() != null && leads(run, model, claim, defect)) {
          found.add(of(run, model, claim, claim.violated()));
        }
      }
    }
    return found;
  }

  /**
   * A defect leads where a model has it and no other or the firmware without it leaves the trace,
   * where its fix ends the trace, or where it is said to.
   */
  private static boolean leads(
      RunRecord run, RunRecord.ModelRecord model, RunRecord.ClaimRecord claim, String defect) {
    boolean has = model.defects().stream().anyMatch(part -> Coverage.isPartOf(part, defect));
    return has && (model.defects().size() == 1 || parts(claim, "-", defect))
        || run.catalogue().shownBy().getOrDefault(defect, List.of()).contains(claim.config())
        || parts(claim, "+", defect);
  }

  /**
   * The defects that lead to a violation, as the model, its replays and the catalogue name them.
   */
  static Set<String> leading(
      RunRecord run, RunRecord.ModelRecord model, RunRecord.ClaimRecord claim) {
    Set<String> known = new LinkedHashSet<>(model.defects());
    for (String part : parts(claim)) {
      if (part.startsWith("+")) {
        known.add(part.substring(1));
      }
    }
    known.removeIf(defect -> !leads(run, model, claim, defect));
    for (String said : run.catalogue().shownBy().keySet()) {
      if (known.stream().noneMatch(part -> Coverage.isPartOf(part, said))
          && leads(run, model, claim, said)) {
        known.add(said);
      }
    }
    return known;
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
    return parts(claim).stream()
        .anyMatch(part -> part.startsWith(sign) && Coverage.isPartOf(part.substring(1), defect));
  }

  /** What the designs are made of on which the trace ends: a variant, fixes, no defects. */
  private static List<String> parts(RunRecord.ClaimRecord claim) {
    RunRecord.CounterexampleRecord counterexample = claim.counterexample();
    return counterexample == null
        ? List.of()
        : counterexample.elsewhere().stream()
            .filter(RunRecord.OtherReplay::showsRepair)
            .flatMap(other -> Stream.of(other.design().split(" ", -1)))
            .toList();
  }
}
