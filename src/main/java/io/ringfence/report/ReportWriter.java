package io.ringfence.report;

import io.ringfence.trace.Trace;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.RunSummary;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the report: an overview, and pages of all that it names. */
public final class ReportWriter {
  private static final List<String> FOLDERS =
      List.of(Pages.COUNTEREXAMPLES, Pages.PROPERTIES, Pages.SPECS, Pages.FINDING);

  private final RunRecord run;
  private final Path reports;
  private final PageWriter pages;
  private final String style;
  private final String script;
  private final Findings findings;
  private final List<Manifest.Model> known;
  private final @Nullable RunRecord earlier;

  private ReportWriter(
      RunRecord run, List<Manifest.Model> known, @Nullable RunRecord earlier, Path reports)
      throws IOException {
    this.run = run;
    this.known = known;
    this.earlier = earlier;
    this.reports = reports;
    this.pages = new PageWriter(reports);
    this.style = PageWriter.resource("report.css");
    this.script = PageWriter.resource("stepper.js");
    this.findings = Findings.of(run);
  }

  /**
   * Writes the report of a run, with a page that compares it with an earlier one if given. Pages of
   * counterexamples that are no more are removed.
   *
   * @param known all models that there are, so that those that were not run are told of
   * @param reports the folder to write to
   * @throws IOException if a page cannot be written
   */
  public static void write(
      RunRecord run, List<Manifest.Model> known, @Nullable RunRecord earlier, Path reports)
      throws IOException {
    new ReportWriter(run, known, earlier, reports).write();
  }

  private void write() throws IOException {
    for (String folder : FOLDERS) {
      Files.createDirectories(reports.resolve(folder));
    }
    EachOf.all(run.models(), this::writeCounterexamples);
    DefectPage defects = DefectPage.of(run, findings);
    NamedPages named = new NamedPages(run, findings, defects);
    for (String id : PropertyPage.ids(run)) {
      write(Pages.property(id), "property.jte", PropertyPage.of(run, id, findings, named));
    }
    write(Pages.CONFORMANCE, "conformance.jte", ConformancePage.of(run));
    write(Pages.DEFECTS, "defects.jte", defects);
    for (FindingPage page : FindingPage.all(run, findings, defects, named)) {
      write(page.page(), "finding.jte", page);
    }
    for (SpecPage page : SpecPage.all(run)) {
      write(Pages.spec(page.module()), "spec.jte", page);
    }
    if (earlier == null) {
      Files.deleteIfExists(reports.resolve(Pages.TRENDS));
    } else {
      write(Pages.TRENDS, "trends.jte", TrendPage.of(earlier, run));
    }
    for (String folder : FOLDERS) {
      pages.removeStale(folder);
    }
    pages.page("index.html", "index.jte", overview());
  }

  private void writeCounterexamples(RunRecord.ModelRecord model) throws IOException {
    for (RunRecord.ClaimRecord claim : model.claims()) {
      RunRecord.CounterexampleRecord counterexample = claim.counterexample();
      if (counterexample != null) {
        LaneTable lanes = LaneTableBuilder.build(counterexample.trace(), counterexample.replay());
        pages.page(
            Pages.counterexample(counterexample),
            "counterexample.jte",
            counterexample(model, claim, counterexample, lanes));
        if (lanes != null) {
          pages.text(
              Pages.sequence(counterexample),
              new SequenceDiagram(counterexample.trace(), lanes).text());
        }
      }
    }
  }

  private void write(String name, String template, Object page) throws IOException {
    pages.page(name, template, Map.of("page", page, "style", style));
  }

  private Map<String, Object> overview() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", run);
    values.put("headline", Headline.of(run));
    values.put("verdicts", verdicts());
    List<SpecSection> sections = SpecSection.of(run);
    values.put("sections", sections);
    values.put("specs", SpecsByDesign.of(sections));
    values.put("designs", DesignScope.of(run, sections));
    values.put("notShown", NotShown.of(run, known, sections));
    values.put("trends", earlier == null ? "" : earlier.started());
    values.put("compared", ConformancePage.of(run).totals());
    values.put("coverage", CoverageTable.of(run, findings));
    values.put("again", again());
    values.put("style", style);
    return values;
  }

  /** Commands that show what this run has shown: all of it, a counterexample, a conformance. */
  private List<String> again() {
    List<String> commands = new ArrayList<>(List.of("./ringfence verify"));
    run.models().stream()
        .flatMap(model -> model.claims().stream())
        .map(RunRecord.ClaimRecord::counterexample)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(found -> commands.add("./ringfence replay reports/" + found.file()));
    run.models().stream()
        .findFirst()
        .ifPresent(model -> commands.add("./ringfence conform " + model.name()));
    return commands;
  }

  /** How often each verdict was reached that nobody expects. */
  private Map<Verdict, Integer> verdicts() {
    List<Verdict> all = RunSummary.of(run).verdicts();
    Map<Verdict, Integer> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      int count = (int) all.stream().filter(verdict::equals).count();
      if (count > 0 && !verdict.passes()) {
        counts.put(verdict, count);
      }
    }
    return counts;
  }

  private Map<String, Object> counterexample(
      RunRecord.ModelRecord model,
      RunRecord.ClaimRecord claim,
      RunRecord.CounterexampleRecord counterexample,
      @Nullable LaneTable lanes) {
    Trace trace = counterexample.trace();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", model);
    values.put("claim", claim);
    values.put("property", property(model, claim));
    values.put("counterexample", counterexample);
    values.put("findings", findings.about(counterexample.file()));
    values.put("replays", DesignReplay.of(run, property(model, claim), model, counterexample));
    values.put("steps", StepView.of(trace, counterexample.replay()));
    if (lanes != null) {
      values.put("lanes", lanes);
    }
    values.put("style", style);
    values.put("script", script);
    return values;
  }

  private RunRecord.PropertyRecord property(
      RunRecord.ModelRecord model, RunRecord.ClaimRecord claim) {
    String operator = claim.violated() == null ? "" : claim.violated();
    return run.properties().stream()
        .filter(property -> property.is(operator, model))
        .findFirst()
        .orElse(
            new RunRecord.PropertyRecord(operator, operator, operator, "", 0, "", "", List.of()));
  }
}
