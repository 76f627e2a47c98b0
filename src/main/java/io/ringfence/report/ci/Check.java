package io.ringfence.report.ci;

import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a run checked: a claim, or that the spec and the firmware of a model agree.
 *
 * @param name {@code conformance}, or the configuration of the claim with what is expected of it
 * @param seconds wall time
 * @param claim the claim, or null for conformance
 */
record Check(
    RunRecord.ModelRecord model,
    String name,
    Verdict verdict,
    String message,
    double seconds,
    RunRecord.@Nullable ClaimRecord claim) {

  /** Everything that a run checked, in its order. */
  static List<Check> of(RunRecord run) {
    List<Check> checks = new ArrayList<>();
    run.models().forEach(model -> checks.addAll(of(model)));
    return checks;
  }

  /** What was checked of a model: conformance first. */
  static List<Check> of(RunRecord.ModelRecord model) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            model,
            "conformance",
            model.conformanceVerdict(),
            model.conformanceMessage(),
            model.conformance() == null ? 0 : model.conformance().seconds(),
            null));
    for (RunRecord.ClaimRecord claim : model.claims()) {
      checks.add(
          new Check(
              model,
              claim.config() + ": " + claim.expected(),
              claim.verdict(),
              claim.message(),
              claim.tlc() == null ? 0 : claim.tlc().seconds(),
              claim));
    }
    return checks;
  }

  /** Whether the check could not be made, so that nothing is known. */
  boolean isError() {
    return switch (verdict) {
      case ERROR, INCOMPLETE -> true;
      case PASS, EXPECTED_VIOLATION -> false;
      case VIOLATION, MISSING_VIOLATION, VACUOUS, DIVERGED, CHANGED -> false;
    };
  }

  /** What went wrong, in one line. */
  String explanation() {
    if (!message.isEmpty()) {
      return message;
    }
    return claim == null || claim.violated() == null
        ? verdict.toString()
        : claim.violated() + " is violated";
  }

  RunRecord.@Nullable CounterexampleRecord counterexample() {
    return claim == null ? null : claim.counterexample();
  }
}
