package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a model violates a property, as it should.
 *
 * @param defects those that lead to the violation
 * @param note what else is to be said; may be empty
 */
public record Causes(List<Defect> defects, String note) {

  /**
   * A defect.
   *
   * @param page of the finding or the defect, or null if there is none
   */
  public record Defect(String id, @Nullable String page) {}

  /** Nothing, for a property that is not violated, or should not be. */
  private static final Causes NONE = new Causes(List.of(), "");

  /**
   * The causes of all violations of a property by a model. If replays do not tell which defects of
   * the model lead there, they are all of them; if it has none, it is the design.
   */
  static Causes of(
      RunRecord run,
      NamedPages pages,
      RunRecord.PropertyRecord property,
      RunRecord.ModelRecord model) {
    Set<String> leading = new LinkedHashSet<>();
    Set<String> ends = new LinkedHashSet<>();
    boolean violated = false;
    for (RunRecord.ClaimRecord claim : model.claims()) {
      if (claim.verdict() == Verdict.EXPECTED_VIOLATION
          && property.operator().equals(claim.violated())) {
        violated = true;
        leading.addAll(Evidence.leading(run, model, claim));
        ends.addAll(ends(claim));
      }
    }
    if (!violated) {
      return NONE;
    }
    if (leading.isEmpty() && model.defects().isEmpty()) {
      return new Causes(
          List.of(),
          "the design itself" + (ends.isEmpty() ? "" : ", not " + String.join(", ", ends)));
    }
    return leading.isEmpty()
        ? new Causes(defects(pages, model.defects()), "not told apart")
        : new Causes(defects(pages, leading), "");
  }

  private static List<Defect> defects(NamedPages pages, Iterable<String> ids) {
    List<Defect> defects = new ArrayList<>();
    ids.forEach(id -> defects.add(new Defect(id, pages.ofCode(id))));
    return defects;
  }

  /** The designs on which the counterexample ends. */
  private static List<String> ends(RunRecord.ClaimRecord claim) {
    RunRecord.CounterexampleRecord counterexample = claim.counterexample();
    return counterexample == null
        ? List.of()
        : counterexample.elsewhere().stream()
            .filter(RunRecord.OtherReplay::showsRepair)
            .map(RunRecord.OtherReplay::design)
            .toList();
  }
}
