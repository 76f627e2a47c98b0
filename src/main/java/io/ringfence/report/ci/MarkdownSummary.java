package io.ringfence.report.ci;

import io.ringfence.conform.Conformance;
import io.ringfence.verify.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
    specs(run.models());
    models(run.models());
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

  private void specs(List<RunRecord.ModelRecord> models) {
    line("| spec | models | spec = firmware | hold | violated as expected | states |");
    line("|---|---:|---:|---:|---:|---:|");
    Map<String, List<RunRecord.ModelRecord>> specs =
        models.stream()
            .collect(
                Collectors.groupingBy(
                    RunRecord.ModelRecord::spec, LinkedHashMap::new, Collectors.toList()));
    specs.forEach(this::spec);
    line("");
  }

  private void spec(String name, List<RunRecord.ModelRecord> models) {
    long agree = models.stream().filter(model -> model.conformanceVerdict().passes()).count();
    long states =
        models.stream()
            .map(RunRecord.ModelRecord::conformance)
            .filter(Objects::nonNull)
            .mapToLong(Conformance::states)
            .sum();
    row(
        name,
        String.valueOf(models.size()),
        agree + " of " + models.size(),
        claims(models, RunRecord.ClaimRecord::shouldHold),
        claims(models, claim -> !claim.shouldHold()),
        String.valueOf(states));
  }

  private static String claims(
      List<RunRecord.ModelRecord> models, Predicate<RunRecord.ClaimRecord> kind) {
    List<RunRecord.ClaimRecord> claims =
        models.stream().flatMap(model -> model.claims().stream()).filter(kind).toList();
    return passed(claims) + " of " + claims.size();
  }

  private static long passed(List<RunRecord.ClaimRecord> claims) {
    return claims.stream().filter(claim -> claim.verdict().passes()).count();
  }

  /** All models: too long to be what one sees first. */
  private void models(List<RunRecord.ModelRecord> models) {
    line("<details><summary>by model</summary>");
    line("");
    line("| model | spec = firmware | states | edges | refusals | claims as expected |");
    line("|---|---|---:|---:|---:|---:|");
    models.forEach(this::model);
    line("");
    line("</details>");
    line("");
  }

  private void model(RunRecord.ModelRecord model) {
    Conformance found = model.conformance();
    row(
        model.name(),
        model.conformanceVerdict().toString(),
        found == null ? "" : String.valueOf(found.states()),
        found == null ? "" : String.valueOf(found.edges()),
        found == null ? "" : String.valueOf(found.refusals()),
        passed(model.claims()) + " of " + model.claims().size());
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
