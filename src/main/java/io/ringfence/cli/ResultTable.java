package io.ringfence.cli;

import io.ringfence.verify.RunSummary;
import java.io.PrintWriter;
import java.util.Locale;

/** The results of {@code verify}: a line for each model, and then all that is not as expected. */
final class ResultTable {
  /** That of the name of most models. */
  private static final int LEAST_WIDTH = 18;

  private ResultTable() {}

  static void print(RunSummary run, PrintWriter out) {
    int widest = run.models().stream().mapToInt(model -> model.name().length()).max().orElse(0);
    String name = "%-" + Math.max(LEAST_WIDTH, widest) + "s";
    out.printf(
        Locale.ROOT,
        name + " %-9s %8s %9s %10s %8s%n",
        "model",
        "spec=fw",
        "states",
        "edges",
        "refusals",
        "claims");
    for (RunSummary.Model model : run.models()) {
      long passed = model.claims().stream().filter(claim -> claim.verdict().passes()).count();
      out.printf(
          Locale.ROOT,
          name + " %-9s %8d %9d %10d %8s%n",
          model.name(),
          model.verdict(),
          model.states(),
          model.edges(),
          model.refusals(),
          passed + "/" + model.claims().size());
    }
    for (RunSummary.Model model : run.models()) {
      if (!model.verdict().passes()) {
        out.println(Console.line(model.name() + ": conformance", model.verdict(), model.message()));
      }
      for (RunSummary.Claim claim : model.claims()) {
        if (!claim.verdict().passes()) {
          out.println(Console.line(claim.config(), claim.verdict(), claim.message()));
        }
      }
    }
  }
}
