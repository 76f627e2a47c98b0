package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.conform.Conformance;
import io.ringfence.verify.Catalogue;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Sources;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed since an earlier run. */
class TrendPageTest {
  @TempDir private Path folder;

  private static RunRecord run(
      String started, List<String> properties, RunRecord.ModelRecord... models) {
    return new RunRecord(
        RunRecord.SCHEMA,
        "test",
        List.of("verify"),
        started,
        1,
        Map.of(),
        Map.of(),
        Map.of(),
        properties.stream()
            .map(
                id ->
                    new RunRecord.PropertyRecord(
                        id, id, id + "Inv", "Spec.tla", 1, "", "", List.of()))
            .toList(),
        Arrays.asList(models),
        new Catalogue(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()),
        new Sources(Map.of(), Map.of()));
  }

  private static RunRecord.ModelRecord model(
      String name, Verdict conformance, long states, RunRecord.ClaimRecord... claims) {
    return new RunRecord.ModelRecord(
        name,
        "a model",
        "Spec",
        "MC.tla",
        "ci",
        "MERGED",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(claims),
        conformance,
        "",
        new Conformance(
            1, states, states * 3, 0, 0, states, Map.of(), Map.of(), null, states / 10.0),
        null);
  }

  private static RunRecord.ClaimRecord claim(String config, Verdict verdict, String message) {
    return new RunRecord.ClaimRecord(
        config, "holds", List.of(), verdict, message, null, null, null);
  }

  private static final RunRecord THEN =
      run(
          "2026-01-01T00:00:00Z",
          List.of("OWN-1", "OWN-2"),
          model("Same", Verdict.PASS, 10, claim("a.cfg", Verdict.PASS, "")),
          model("Old", Verdict.PASS, 20),
          model(
              "Grown",
              Verdict.PASS,
              30,
              claim("b.cfg", Verdict.PASS, ""),
              claim("gone.cfg", Verdict.PASS, "")));
  private static final RunRecord NOW =
      run(
          "2026-02-02T00:00:00Z",
          List.of("OWN-2", "OWN-3"),
          model("Same", Verdict.PASS, 10, claim("a.cfg", Verdict.PASS, "")),
          model("New", Verdict.ERROR, 50),
          model(
              "Grown",
              Verdict.CHANGED,
              31,
              claim("b.cfg", Verdict.VIOLATION, "it <b>broke</b>"),
              claim("new.cfg", Verdict.PASS, "")));

  private Document page(RunRecord then, RunRecord now) throws IOException {
    ReportWriter.write(now, List.of(), then, folder);
    return Jsoup.parse(folder.resolve("trends.html"));
  }

  @Test
  void aVerdictThatChangedIsShownWithItsReason() throws IOException {
    Document page = page(THEN, NOW);
    assertThat(page.select("#verdicts + .scroll tbody tr").eachText())
        .containsExactly(
            "Grown spec and firmware PASS CHANGED", "Grown b.cfg PASS VIOLATION: it <b>broke</b>");
    assertThat(page.select(".VIOLATION b")).isEmpty();
  }

  @Test
  void whatIsNewAndWhatIsGoneIsNamed() {
    TrendPage trend = TrendPage.of(THEN, NOW);
    assertThat(trend.arrivals())
        .isEqualTo(
            new TrendPage.Differences(
                List.of("New"), List.of("new.cfg"), List.of("OWN-3 in Spec.tla (OWN-3Inv)")));
    assertThat(trend.departures())
        .isEqualTo(
            new TrendPage.Differences(
                List.of("Old"), List.of("gone.cfg"), List.of("OWN-1 in Spec.tla (OWN-1Inv)")));
  }

  @Test
  void modelsWhoseGraphChangedComeFirstWithBothSizes() throws IOException {
    assertThat(page(THEN, NOW).select("#sizes ~ .scroll tbody tr").eachText())
        .containsExactly("Grown changed 30 31 90 93 3.0 3.1", "Same 10 10 30 30 1.0 1.0");
  }

  @Test
  void betweenEqualRunsNothingChanged() throws IOException {
    Document page = page(NOW, NOW);
    assertThat(page.select("#verdicts + p").text()).startsWith("None");
    assertThat(page.select("#come-and-gone ~ dl dd").eachText()).containsOnly("none");
    assertThat(page.select("tr.grown")).isEmpty();
  }

  @Test
  void theOverviewLinksToItAndAReportOfOneRunHasNone() throws IOException {
    page(THEN, NOW);
    Path overview = folder.resolve("index.html");
    assertThat(Jsoup.parse(overview).select("a[href=trends.html]").text())
        .isEqualTo("with the run of 2026-01-01T00:00:00Z");
    ReportWriter.write(NOW, List.of(), null, folder);
    assertThat(Jsoup.parse(overview).select("a[href=trends.html]")).isEmpty();
    assertThat(folder.resolve("trends.html")).doesNotExist();
  }
}
