package io.ringfence.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run ends with: its verdicts, without what they rest on.
 *
 * @param started ISO 8601 instant
 */
public record RunSummary(String started, List<Model> models) {
  /**
   * What was found out about a model.
   *
   * @param verdict whether spec and firmware agree
   * @param message what there is to say of it; may be empty
   * @param states how many states were compared; 0 if none was
   * @param edges how many edges were performed
   * @param refusals how many forbidden steps were tried
   */
  public record Model(
      String name,
      Verdict verdict,
      String message,
      long states,
      long edges,
      long refusals,
      List<Claim> claims) {}

  /** What was found out about a claim, which its configuration names. */
  public record Claim(String config, Verdict verdict, String message) {}

  /** The summary of a run. */
  public static RunSummary of(RunRecord run) {
    return new RunSummary(run.started(), run.models().stream().map(RunSummary::of).toList());
  }

  private static Model of(RunRecord.ModelRecord model) {
    var conformance = model.conformance();
    return new Model(
        model.name(),
        model.conformanceVerdict(),
        model.conformanceMessage(),
        conformance == null ? 0 : conformance.states(),
        conformance == null ? 0 : conformance.edges(),
        conformance == null ? 0 : conformance.refusals(),
        model.claims().stream()
            .map(claim -> new Claim(claim.config(), claim.verdict(), claim.message()))
            .toList());
  }

  /** All verdicts: of each model and of each claim. */
  public List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    for (Model model : models) {
      verdicts.add(model.verdict());
      model.claims().forEach(claim -> verdicts.add(claim.verdict()));
    }
    return verdicts;
  }
}
