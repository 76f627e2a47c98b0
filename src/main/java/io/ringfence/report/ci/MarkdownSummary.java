package io.ringfence.report.ci;

import io.ringfence.conform.Conformance;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.List;
import java.util.Locale;

/** The results as Markdown, short enough for the summary of a job. */
final class MarkdownSummary {
  private static final String SPECIAL = "\\`*_[]<>|~&:";

  private final StringBuilder text = new StringBuilder();

  private MarkdownSummary() {}

  static String of(RunRecord run) {
    MarkdownSummary summary = new MarkdownSummary();
    summary.write(run);
    return summary.text.toString();
  }

  private void write(RunRecord run) {
    List<Check> checks = Check.of(run);
    long passed = checks.stream().filter(check -> check.verdict().passes()).count();
    line("## Ringfence: " + passed + " passed, " + (checks.size() - passed) + " failed");
    line("");
    if (checks.isEmpty()) {
      line("**No model was checked.**");
      return;
    }
    findings(checks);
    line("| model | spec = firmware | states | edges | refusals | claims as expected |");
    line("|---|---|---:|---:|---:|---:|");
    run.models().forEach(this::model);
    line("");
    line(
        String.format(
            Locale.ROOT, "Ringfence %s, %.0f s", escaped(run.toolVersion()), run.seconds()));
  }

  private void findings(List<Check> checks) {
    List<Check> findings = checks.stream().filter(check -> !check.verdict().passes()).toList();
    if (findings.isEmpty()) {
      return;
    }
    line("| verdict | model | check | why |");
    line("|---|---|---|---|");
    for (Check check : findings) {
      RunRecord.CounterexampleRecord found = check.counterexample();
      row(
          check.verdict().toString(),
          check.model().name(),
          check.name(),
          check.explanation() + (found == null ? "" : " (" + found.file() + ")"));
    }
    line("");
  }

  private void model(RunRecord.ModelRecord model) {
    Conformance found = model.conformance();
    long passed =
        model.claims().stream().map(RunRecord.ClaimRecord::verdict).filter(Verdict::passes).count();
    row(
        model.name(),
        model.conformanceVerdict().toString(),
        found == null ? "" : String.valueOf(found.states()),
        found == null ? "" : String.valueOf(found.edges()),
        found == null ? "" : String.valueOf(found.refusals()),
        passed + " of " + model.claims().size());
  }

  private void row(String... cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(escaped(cell)).append(" |");
    }
    text.append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** No markup, no table cell, no link: text is what it says. */
  private static String escaped(String cell) {
    StringBuilder escaped = new StringBuilder();
    cell.codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                escaped.append(' ');
              } else if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\').appendCodePoint(c);
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
