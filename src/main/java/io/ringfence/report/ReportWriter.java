package io.ringfence.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.ringfence.trace.Trace;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the report: an overview, and pages of all that it names. */
public final class ReportWriter {
  private static final List<String> FOLDERS =
      List.of(Pages.COUNTEREXAMPLES, Pages.PROPERTIES, Pages.SPECS, Pages.FINDING);

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final RunRecord run;
  private final Map<String, Trace> traces;
  private final Path reports;
  private final String style;
  private final String script;
  private final Findings findings;
  private final @Nullable RunRecord earlier;

  private ReportWriter(
      RunRecord run, Map<String, Trace> traces, @Nullable RunRecord earlier, Path reports)
      throws IOException {
    this.run = run;
    this.traces = traces;
    this.earlier = earlier;
    this.reports = reports;
    this.style = resource("report.css");
    this.script = resource("stepper.js");
    this.findings = Findings.of(run);
  }

  /**
   * Writes the report of a run. Pages of counterexamples that are no more are removed.
   *
   * @param traces the counterexamples by {@link RunRecord.CounterexampleRecord#trace}
   * @param reports the folder to write to
   * @throws IOException if a page cannot be written
   */
  public static void write(RunRecord run, Map<String, Trace> traces, Path reports)
      throws IOException {
    write(run, traces, null, reports);
  }

  /**
   * Writes the report of a run, with a page that compares it with an earlier one if given.
   *
   * @param traces the counterexamples by {@link RunRecord.CounterexampleRecord#trace}
   * @param reports the folder to write to
   * @throws IOException if a page cannot be written
   */
  public static void write(
      RunRecord run, Map<String, Trace> traces, @Nullable RunRecord earlier, Path reports)
      throws IOException {
    new ReportWriter(run, traces, earlier, reports).write();
  }

  private void write() throws IOException {
    for (String folder : FOLDERS) {
      Files.createDirectories(reports.resolve(folder));
    }
    Set<Path> written = ConcurrentHashMap.newKeySet();
    writeCounterexamples(written);
    for (String id : PropertyPage.ids(run)) {
      write(Pages.property(id), "property.jte", PropertyPage.of(run, id, findings), written);
    }
    write(Pages.CONFORMANCE, "conformance.jte", ConformancePage.of(run), written);
    DefectPage defects = DefectPage.of(run, findings);
    write(Pages.DEFECTS, "defects.jte", defects, written);
    for (FindingPage page : FindingPage.all(run, findings, defects)) {
      write(page.page(), "finding.jte", page, written);
    }
    for (SpecPage page : SpecPage.all(run)) {
      write(Pages.spec(page.module()), "spec.jte", page, written);
    }
    if (earlier == null) {
      Files.deleteIfExists(reports.resolve(Pages.TRENDS));
    } else {
      write(Pages.TRENDS, "trends.jte", TrendPage.of(earlier, run), written);
    }
    for (String folder : FOLDERS) {
      removeStale(reports.resolve(folder), written);
    }
    WholeFile.write(reports.resolve("index.html"), overview());
  }

  /** These are most of the report, so all processors work on them. */
  private void writeCounterexamples(Set<Path> written) throws IOException {
    try {
      run.models().parallelStream()
          .forEach(
              model -> {
                try {
                  for (RunRecord.ClaimRecord claim : model.claims()) {
                    writeCounterexample(model, claim, written);
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void writeCounterexample(
      RunRecord.ModelRecord model, RunRecord.ClaimRecord claim, Set<Path> written)
      throws IOException {
    RunRecord.CounterexampleRecord counterexample = claim.counterexample();
    Trace trace = counterexample == null ? null : traces.get(counterexample.trace());
    if (counterexample != null && trace != null) {
      Path page = reports.resolve(Pages.counterexample(counterexample));
      WholeFile.write(page, counterexample(model, claim, counterexample, trace));
      written.add(page);
      SequenceDiagram diagram = SequenceDiagram.of(trace, counterexample.replay());
      if (diagram != null) {
        Path file = reports.resolve(Pages.sequence(counterexample));
        WholeFile.write(file, diagram.text());
        written.add(file);
      }
    }
  }

  private void write(String name, String template, Object page, Set<Path> written)
      throws IOException {
    Path file = reports.resolve(name);
    WholeFile.write(file, render(template, Map.of("page", page, "style", style)));
    written.add(file);
  }

  static void removeStale(Path folder, Set<Path> written) throws IOException {
    List<Path> stale;
    try (Stream<Path> pages = Files.list(folder)) {
      stale = pages.filter(page -> isOurs(page) && !written.contains(page)).toList();
    }
    for (Path page : stale) {
      Files.delete(page);
    }
  }

  private static boolean isOurs(Path page) {
    return page.toString().endsWith(".html") || page.toString().endsWith(Pages.SEQUENCE);
  }

  private String overview() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", run);
    values.put("verdicts", verdicts());
    values.put("sections", SpecSection.of(run));
    values.put("trends", earlier == null ? "" : earlier.started());
    values.put("compared", ConformancePage.of(run).totals());
    values.put("coverage", CoverageTable.of(run, findings));
    values.put("style", style);
    return render("index.jte", values);
  }

  private Map<Verdict, Integer> verdicts() {
    List<Verdict> all = new ArrayList<>();
    for (RunRecord.ModelRecord model : run.models()) {
      all.add(model.conformanceVerdict());
      model.claims().forEach(claim -> all.add(claim.verdict()));
    }
    Map<Verdict, Integer> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      int count = (int) all.stream().filter(verdict::equals).count();
      if (count > 0) {
        counts.put(verdict, count);
      }
    }
    return counts;
  }

  private String counterexample(
      RunRecord.ModelRecord model,
      RunRecord.ClaimRecord claim,
      RunRecord.CounterexampleRecord counterexample,
      Trace trace) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", model);
    values.put("claim", claim);
    values.put("property", property(model, claim));
    values.put("counterexample", counterexample);
    values.put("findings", findings.about(counterexample.trace()));
    values.put("replays", DesignReplay.of(model, counterexample));
    trace.loop().ifPresent(loop -> values.put("loop", loop));
    values.put("steps", StepView.of(trace, counterexample.replay()));
    LaneTable lanes = LaneTableBuilder.build(trace, counterexample.replay());
    if (lanes != null) {
      values.put("lanes", lanes);
    }
    values.put("style", style);
    values.put("script", script);
    return render("counterexample.jte", values);
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

  private String render(String template, Map<String, Object> values) {
    StringOutput output = new StringOutput();
    engine.render(template, values, output);
    return output.toString();
  }

  static String resource(String name) throws IOException {
    try (InputStream stream = ReportWriter.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is missing from the program; build it again");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
