package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * What a run comes to, in a few numbers.
 *
 * @param hold claims that hold, as they should
 * @param violated claims whose violation was found, as it should be
 * @param agree models whose spec and firmware agree
 * @param models all models
 * @param reproduced counterexamples that the firmware goes through
 * @param counterexamples all of them
 * @param unexpected models with a result that is not as expected
 */
public record Headline(
    long hold,
    long violated,
    long agree,
    int models,
    long reproduced,
    int counterexamples,
    List<Unexpected> unexpected) {

  /** A model with a result that is not as expected, and how many of those it has. */
  public record Unexpected(String model, long results) {}

  /** Sums a run up. */
  static Headline of(RunRecord run) {
    List<RunRecord.ClaimRecord> claims =
        run.models().stream().flatMap(model -> model.claims().stream()).toList();
    List<RunRecord.CounterexampleRecord> found =
        claims.stream()
            .map(RunRecord.ClaimRecord::counterexample)
            .filter(Objects::nonNull)
            .toList();
    return new Headline(
        count(claims, Verdict.PASS),
        count(claims, Verdict.EXPECTED_VIOLATION),
        run.models().stream().filter(model -> model.conformanceVerdict().passes()).count(),
        run.models().size(),
        found.stream().filter(counterexample -> counterexample.replay().reproduced()).count(),
        found.size(),
        run.models().stream()
            .map(model -> new Unexpected(model.name(), unexpected(model)))
            .filter(model -> model.results() > 0)
            .toList());
  }

  private static long count(List<RunRecord.ClaimRecord> claims, Verdict verdict) {
    return claims.stream().filter(claim -> claim.verdict() == verdict).count();
  }

  private static long unexpected(RunRecord.ModelRecord model) {
    return (model.conformanceVerdict().passes() ? 0 : 1)
        + model.claims().stream().filter(claim -> !claim.verdict().passes()).count();
  }

  /** How many results are as expected. */
  public long expected() {
    return hold + violated + agree;
  }

  /** How many results there are. */
  public long results() {
    return expected() + unexpected.stream().mapToLong(Unexpected::results).sum();
  }
}
