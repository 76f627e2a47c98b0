package io.ringfence.verify;

import io.ringfence.conform.Conformance;
import java.util.ArrayList;
import java.util.List;

/** Turns what a conformance check found into a verdict. */
public final class ConformanceJudge {
  private ConformanceJudge() {}

  /** Judges what a conformance check of a model found. */
  public static ClaimJudge.Judgement judge(Manifest.Model model, Conformance found) {
    Conformance.Difference difference = found.difference();
    if (difference != null) {
      return new ClaimJudge.Judgement(
          Verdict.DIVERGED,
          difference.kind()
              + (difference.action() == null ? "" : " at " + difference.action())
              + " after "
              + Plural.of(difference.trace().states().size() - 1, "step")
              + ": "
              + String.join("; ", difference.lines())
              + (difference.fault().isEmpty() ? "" : " (" + difference.fault() + ")"));
    }
    List<String> empty = vacuous(model, found);
    if (!empty.isEmpty()) {
      return new ClaimJudge.Judgement(Verdict.VACUOUS, String.join("; ", empty));
    }
    Manifest.Pinned counted =
        new Manifest.Pinned(found.initialStates(), found.states(), found.edges(), found.refusals());
    if (!counted.equals(model.pinned())) {
      return new ClaimJudge.Judgement(
          Verdict.CHANGED,
          "found "
              + counted
              + ", expected "
              + model.pinned()
              + "; if the change is meant, pin the new numbers in the manifest");
    }
    return new ClaimJudge.Judgement(Verdict.PASS, "");
  }

  private static List<String> vacuous(Manifest.Model model, Conformance found) {
    List<String> empty = new ArrayList<>();
    found
        .actionEdges()
        .forEach(
            (action, edges) -> {
              boolean expected = model.neverFires().containsKey(action);
              if (edges == 0 && !expected) {
                empty.add("the action " + action + " never fires");
              } else if (edges > 0 && expected) {
                empty.add("the action " + action + " fires, and the manifest says that it cannot");
              }
            });
    found
        .witnesses()
        .forEach(
            (witness, reached) -> {
              if (!reached) {
                empty.add("no state satisfies " + witness);
              }
            });
    return empty;
  }
}
