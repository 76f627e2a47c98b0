package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.trace.Trace;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.RunJson;
import io.ringfence.verify.RunOfTwoModels;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of a real run of two small models. */
class ReportWriterTest {
  private static Path reports;
  private static RunRecord run;

  @TempDir private Path other;

  @BeforeAll
  static void verifyTwoModels() throws Exception {
    ReportOfTwoModels report = ReportOfTwoModels.get();
    reports = report.folder();
    run = report.run();
  }

  private static Map<String, Trace> traces() {
    return run.models().stream()
        .flatMap(model -> model.claims().stream())
        .map(RunRecord.ClaimRecord::counterexample)
        .filter(Objects::nonNull)
        .collect(
            Collectors.toMap(
                RunRecord.CounterexampleRecord::file, RunRecord.CounterexampleRecord::trace));
  }

  private static List<Path> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  private static Document parse(Path page) throws IOException {
    return Jsoup.parse(page);
  }

  /** Writes the report of the same run after its record was changed as text. */
  private Document changed(String from, String to) throws IOException {
    String text = RunJson.text(run);
    assertThat(text).contains(from);
    Path file = other.resolve("run.json");
    Files.writeString(file, text.replace(from, to));
    ReportWriter.write(RunJson.read(file), List.of(), null, other);
    return parse(other.resolve("index.html"));
  }

  @Test
  void thereIsAPageForEachCounterexamplePropertyAndModule() throws IOException {
    assertThat(traces()).hasSize(2);
    assertThat(pages(reports.resolve("counterexamples"))).hasSize(2);
    assertThat(pages(reports.resolve("properties"))).hasSize(PropertyPage.ids(run).size());
    assertThat(pages(reports.resolve("specs"))).hasSameSizeAs(run.sources().modules().keySet());
  }

  @Test
  void everyLinkLeadsToAFileOrAnElementThatExists() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    Map<Path, Document> documents = new HashMap<>();
    for (Path page : pages(reports)) {
      documents.put(page, parse(page));
    }
    for (Path page : documents.keySet()) {
      Document document = documents.get(page);
      for (Element link : document.select("a[href]")) {
        links++;
        String target = link.attr("href");
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        boolean good =
            parts.length == 1
                ? Files.isRegularFile(file)
                : documents.get(file) != null
                    && documents.get(file).getElementById(parts[1]) != null;
        if (!good) {
          broken.add(page.getFileName() + " -> " + target);
        }
      }
    }
    assertThat(links).isGreaterThan(20);
    assertThat(broken).isEmpty();
  }

  @Test
  void noIdIsUsedTwiceOnAPage() throws IOException {
    for (Path page : pages(reports)) {
      List<String> ids = parse(page).select("[id]").eachAttr("id");
      assertThat(ids).as(page.toString()).doesNotHaveDuplicates();
    }
  }

  @Test
  void nothingIsLoadedFromAnywhere() throws IOException {
    for (Path page : pages(reports)) {
      Document document = parse(page);
      assertThat(document.select("link, img, iframe, script[src], [srcset]")).isEmpty();
      assertThat(document.select("style").html()).doesNotContain("url(", "@import");
      assertThat(document.select("a[href^=http]")).isEmpty();
    }
  }

  @Test
  void theMatrixHasACellForEachPropertyAndDesign() throws IOException {
    Element matrix = parse(reports.resolve("index.html")).select("table.matrix").first();
    assertThat(matrix).isNotNull();
    int designs = matrix.select("thead th").size() - 1;
    assertThat(designs).isEqualTo(2);
    assertThat(matrix.select("tbody tr")).hasSize(run.properties().size());
    for (Element row : matrix.select("tbody tr")) {
      assertThat(row.select("td.cell")).as(row.text()).hasSize(designs);
    }
  }

  @Test
  void aCellThatIsNotCheckedNamesTheClaimThatShowsIt() throws IOException {
    Document index = parse(reports.resolve("index.html"));
    assertThat(index.select("td.not-checked").eachAttr("title"))
        .isNotEmpty()
        .allSatisfy(note -> assertThat(note).isNotEmpty())
        .contains(
            "the claim ownership/Merged.OWN-7.cfg is about it; this run has no violation of it");
  }

  @Test
  void ofSeveralDefectsThoseLeadToAViolationWithoutWhichTheFirmwareLeavesTheTrace()
      throws IOException {
    String text = RunJson.text(run);
    String alone = "\"defects\" : [ \"S-01\"";
    assertThat(text).contains(alone);
    Path file = other.resolve("run.json");
    Files.writeString(file, text.replace(alone, alone + ", \"S-02\""));
    RunRecord both = RunJson.read(file);

    assertThat(Evidence.of(both, "S-01")).extracting(Evidence::property).contains("OWN-1");
    assertThat(Evidence.of(both, "S-02")).isEmpty();
  }

  /** What a row of the page of OWN-1 says of its defects, after the run was changed as text. */
  private Element causes(String from, String to) throws IOException {
    changed(from, to);
    return parse(other.resolve("properties/OWN-1.html"))
        .select("tr:has(th:contains(S01)) td.causes")
        .first();
  }

  @Test
  void aViolatedRowNamesTheDefectThatTheReplaysSingleOut() throws IOException {
    Element causes = causes("\"defects\" : [ \"S-01\"", "\"defects\" : [ \"S-02\", \"S-01\"");
    assertThat(causes.text()).isEqualTo("S-01");
    assertThat(causes.select("a").attr("href")).isEqualTo("../defects.html#S-01");
    Document page = parse(other.resolve("properties/OWN-1.html"));
    assertThat(page.select("tr:has(th:contains(B11)) td.causes").text()).isEmpty();
  }

  @Test
  void aViolatedRowNamesAllDefectsIfReplaysDoNotTellWhichItIs() throws IOException {
    String text = RunJson.text(run).replace("\"design\" : \"-S-01\"", "\"design\" : \"HARDENED\"");
    Path file = other.resolve("untold.json");
    Files.writeString(
        file, text.replace("\"defects\" : [ \"S-01\"", "\"defects\" : [ \"S-01\", \"S-02\""));
    ReportWriter.write(RunJson.read(file), List.of(), null, other);
    assertThat(
            parse(other.resolve("properties/OWN-1.html"))
                .select("tr:has(th:contains(S01)) td.causes")
                .text())
        .isEqualTo("S-01 S-02 not told apart");
  }

  @Test
  void aViolatedRowWithoutDefectsIsOfTheDesign() throws IOException {
    assertThat(causes("\"defects\" : [ \"S-01\" ]", "\"defects\" : [ ]").text())
        .isEqualTo("the design itself, not -S-01");
  }

  @Test
  void aViolationThatShouldNotBeIsPutDownToNoDefect() throws IOException {
    assertThat(
            causes(
                    "\"verdict\" : \"" + Verdict.EXPECTED_VIOLATION,
                    "\"verdict\" : \"" + Verdict.VIOLATION)
                .text())
        .isEmpty();
  }

  @Test
  void aCellThatDoesNotApplyLeadsToTheReason() throws IOException {
    Element cell =
        changed("\"OWN-5\" : \"there is one core\"", "\"OWN-7\" : \"there is one core\"")
            .select("td.not-applicable a")
            .first();
    assertThat(cell).isNotNull();
    assertThat(cell.text()).contains("n/a", "why");
    String[] place = cell.attr("href").split("#", 2);
    Element row = parse(other.resolve(place[0])).getElementById(place[1]);
    assertThat(row).isNotNull();
    assertThat(row.text()).startsWith("B11").contains("n/a: there is one core");
  }

  @Test
  void theOverviewBeginsWithWhatTheRunComesTo() throws IOException {
    Document index = parse(reports.resolve("index.html"));
    int claims = run.models().stream().mapToInt(model -> model.claims().size()).sum();
    assertThat(index.select("p.lead.PASS").text())
        .isEqualTo("All " + (claims + 2) + " results are as expected.");
    assertThat(index.select("p.lead").text())
        .contains(
            "reproduces " + traces().size() + " of " + traces().size() + " counterexamples",
            "on every edge of 2 of 2 state graphs");

    HostileReport.write(other);
    Element bad = parse(other.resolve("index.html")).select("p.lead.ERROR").first();
    assertThat(bad).isNotNull();
    assertThat(bad.text()).startsWith("2 of 2 results are not as expected: ").endsWith("(2).");
    assertThat(bad.select("a")).hasSize(1);
  }

  @Test
  void whatHoldsLeadsToItsBoundsAndADesignToAllOfThem() throws IOException {
    ReportWriter.write(merged(), List.of(), null, other);
    Document index = parse(other.resolve("index.html"));
    Element holds = index.select("table.matrix td.holds a").first();
    assertThat(holds).isNotNull();
    assertThat(holds.text()).contains("within which bounds");
    String[] link = holds.attr("href").split("#", -1);
    Element section = parse(other.resolve(link[0])).getElementById(link[1]);
    assertThat(section).isNotNull();
    Element design = index.select("details:has(summary:contains(MERGED))").first();
    assertThat(design).isNotNull();
    int hold = index.select("table.matrix:not(.wide)").first().select("td.holds").size();
    assertThat(design.select("summary").text())
        .startsWith("MERGED: of ")
        .contains(" properties " + hold + " hold in every spec", "; 1 model, 580 states");
    assertThat(design.select("td.prose").eachText().get(1)).startsWith("one core, ");
  }

  @Test
  void whatWasLeftOutIsCounted() throws IOException {
    Document index = parse(reports.resolve("index.html"));
    List<Manifest.Model> known = RunOfTwoModels.MANIFEST.models();
    Element models = index.select("dt:contains(models not run) + dd").first();
    assertThat(models).isNotNull();
    assertThat(models.ownText())
        .isEqualTo((known.size() - 2) + " of the " + known.size() + " of the manifest.");
    for (String scope : List.of("ci", "nightly")) {
      List<String> names =
          known.stream()
              .filter(model -> model.scope().equals(scope))
              .map(Manifest.Model::name)
              .filter(name -> !List.of("S01", "B11").contains(name))
              .toList();
      Element part = models.select("details:has(summary:matches(^" + scope + ":))").first();
      assertThat(part).as(scope).isNotNull();
      assertThat(part.select("summary").text()).isEqualTo(scope + ": " + names.size());
      assertThat(part.select("div").text()).contains(names).doesNotContain("S01");
    }
    assertThat(models.select("a[href=specs/LlScheduler.html]")).isNotEmpty();

    Element cells = index.select("dt:contains(cells not checked) + dd").first();
    assertThat(cells).isNotNull();
    ReportWriter.write(merged(), List.of(), null, other);
    Document page = parse(other.resolve("index.html"));
    Element designs = page.select("table.matrix").first();
    assertThat(designs).isNotNull();
    int open = designs.select("td.not-checked").size();
    assertThat(open).isPositive();
    Element counted = page.select("dt:contains(cells not checked) + dd").first();
    assertThat(counted).isNotNull();
    assertThat(counted.ownText())
        .isEqualTo(
            open
                + " of the "
                + designs.select("td.cell").size()
                + " cells of property and design.");
    assertThat(counted.select("a").attr("href")).isEqualTo("#spec-SchedulerOwnership");
    // The claims that show it are not in this run.
    assertThat(counted.select("div").text()).doesNotContain("another claim");
    assertThat(designs.select("td.not-checked a").eachAttr("href"))
        .isNotEmpty()
        .allMatch(href -> href.startsWith("properties/"));
    assertThat(page.select("dt:contains(models not run) + dd").text())
        .isEqualTo("None of the 0 of the manifest.");
  }

  /** The run as if one of its models had no defect. */
  private RunRecord merged() throws IOException {
    String defect = "\"defects\" : [ \"B-11\" ]";
    String text = RunJson.text(run);
    assertThat(text).contains(defect);
    Path file = other.resolve("merged.json");
    Files.writeString(file, text.replace(defect, "\"defects\" : [ ]"));
    return RunJson.read(file);
  }

  @Test
  void aViolatedPropertyLinksToItsCounterexample() throws IOException {
    Element cell =
        parse(reports.resolve("index.html"))
            .select("table.matrix tr:contains(OWN-1 SideExclusive) td.violated a")
            .first();
    assertThat(cell).isNotNull();
    assertThat(reports.resolve(cell.attr("href"))).isRegularFile();
  }

  @Test
  void theCoverageTableHasEveryIdWithItsCounterexamplesOrAReason() throws IOException {
    Document page = parse(reports.resolve("index.html"));
    assertThat(page.select("table.coverage tbody tr"))
        .hasSize(run.catalogue().properties().size() + run.catalogue().defects().size());
    Element seeded = page.select("table.coverage tr:contains(SideExclusive) td a").first();
    assertThat(seeded).isNotNull();
    assertThat(seeded.text()).isEqualTo("S01 (S-01)");
    assertThat(page.select("table.coverage tr:contains(task memory not zeroed) a").text())
        .contains("B11: MEM-5");
    assertThat(page.select("table.coverage tr:contains(WarmBootIdempotent) td.not-checked").text())
        .isEqualTo("not in this run");
    assertThat(page.select("table.coverage tr:contains(SideExclusive) td").text())
        .contains("SchedulerOwnership.tla, SideExclusiveInv: holds in B11");
  }

  @Test
  void theStepperHasAStepWithItsMemoryForEachStateOfTheTrace() throws IOException {
    for (Map.Entry<String, Trace> trace : traces().entrySet()) {
      String name = trace.getKey().replace("traces/", "").replace(".itf.json", ".html");
      Document page = parse(reports.resolve("counterexamples").resolve(name));
      assertThat(page.select("section.step")).hasSameSizeAs(trace.getValue().states());
      assertThat(page.select("section.step .memory")).hasSameSizeAs(trace.getValue().states());
      assertThat(page.select("section.step li.changed")).isNotEmpty();
    }
  }

  @Test
  void aPropertyPageHasTheSentenceTheTextAndWhatBreaksIt() throws IOException {
    Document page = parse(reports.resolve("properties/OWN-1.html"));
    RunRecord.PropertyRecord property =
        run.properties().stream().filter(one -> one.id().equals("OWN-1")).findFirst().orElseThrow();
    assertThat(page.select("h1").text()).isEqualTo("OWN-1 SideExclusive");
    assertThat(page.select(".lead").text()).isEqualTo(property.statement());
    Element defined = page.select(".source li:contains(SideExclusiveInv ==)").first();
    assertThat(defined).isNotNull();
    assertThat(defined.attr("value")).isEqualTo(Integer.toString(property.line()));
    assertThat(page.select("a[href=../specs/SchedulerOwnership.html#L" + property.line() + "]"))
        .hasSize(1);
    assertThat(page.select("tbody tr").eachText())
        .anyMatch(row -> row.matches("S01 MERGED S-01 . violated S-01 \\d+ 101 \\d+ .*"))
        .anyMatch(row -> row.matches("B11 .* . holds 580 \\d+ one core, .* at once.*"));
    Element bounds = page.select("tr:has(th:contains(B11)) details").first();
    assertThat(bounds).isNotNull();
    assertThat(bounds.select("div").eachText())
        .isEqualTo(
            run.models().stream()
                .filter(model -> model.name().equals("B11"))
                .findFirst()
                .orElseThrow()
                .assumptions());
    Document without = parse(reports.resolve("properties/LIV-5.html"));
    assertThat(without.select(".lead").text()).isEqualTo("not in this run");
  }

  @Test
  void theDefectPageSaysWhatCatchesEachDefectAndHowSoon() throws IOException {
    Document page = parse(reports.resolve("defects.html"));
    assertThat(page.select("tbody tr[id]"))
        .hasSize(
            run.catalogue().defects().size()
                + Findings.of(run).all().stream()
                    .filter(finding -> !run.catalogue().defects().containsKey(finding.id()))
                    .toList()
                    .size()
                + 1)
        .last()
        .matches(row -> row.id().equals("S-01"));
    assertThat(page.select("tr#S-01 td").eachText().subList(0, 2)).containsExactly("OWN-1", "S01");
    int steps =
        traces().entrySet().stream()
            .filter(trace -> trace.getKey().contains("S01"))
            .mapToInt(trace -> trace.getValue().states().size() - 1)
            .findFirst()
            .orElseThrow();
    assertThat(page.select("tr#S-01 td.num").text()).isEqualTo(Integer.toString(steps));
    assertThat(page.select("tr#S-01 a[href*=counterexamples]")).hasSize(1);
    assertThat(page.select("tr#B-10 td").text())
        .isEqualTo(run.catalogue().notModelled().getOrDefault("B-10", "not in this run"));
  }

  @Test
  void theConformancePageHasWhatWasComparedInEachModelAndForEachAction() throws IOException {
    Document page = parse(reports.resolve("conformance.html"));
    for (RunRecord.ModelRecord model : run.models()) {
      assertThat(page.select("tr#model-" + model.name() + " td").eachText())
          .startsWith(
              "PASS",
              Long.toString(model.conformance().initialStates()),
              Long.toString(model.conformance().states()),
              Long.toString(model.conformance().edges()),
              Long.toString(model.conformance().refusals()));
    }
    assertThat(page.select("dd").text()).contains("refuses what the spec forbids");
    long appends =
        run.models().stream()
            .mapToLong(model -> model.conformance().actionEdges().getOrDefault("G3_Append", 0L))
            .sum();
    assertThat(appends).isPositive();
    assertThat(page.select("tr:has(th:contains(G3_Append)) td").first().text())
        .isEqualTo(Long.toString(appends));
  }

  @Test
  void aModelWithoutConformanceIsNotCompared() throws IOException {
    Path report = ReportOfThreads.tickAndClient().write(other);
    assertThat(report).isRegularFile();
    Document page = parse(other.resolve("conformance.html"));
    assertThat(page.select("tr#model-Lanes td").last().text()).isEqualTo("not compared");
    assertThat(page.select(".verdicts li").first().text()).isEqualTo("0 models compared");
  }

  @Test
  void aModelSaysWhatItAssumesAndWhatHoldsThen() throws IOException {
    Document page = parse(reports.resolve("index.html"));
    RunRecord.ModelRecord model = run.models().get(0);
    String guaranteed =
        page.select("dl:contains(" + model.assumptions().get(0) + ") dt:contains(guaranteed) + dd")
            .first()
            .text();
    assertThat(guaranteed).contains("TypeOK", "on every edge").doesNotContain("SideExclusiveInv");
    assertThat(page.select("h2#not-shown + dl").text())
        .contains(run.catalogue().notModelled().values());
  }

  @Test
  void aNameOfAnyLengthBecomesAPageOfItsOwn() {
    assertThat(Pages.slug("traces/V1.OwnInv.itf.json")).isEqualTo("V1.OwnInv");
    assertThat(Pages.slug("a b")).isNotEqualTo(Pages.slug("a/b")).isNotEqualTo(Pages.slug("a?b"));
    assertThat(Pages.slug("x".repeat(500))).hasSizeLessThan(140);
    assertThat(Pages.slug("x".repeat(500))).isNotEqualTo(Pages.slug("x".repeat(501)));
  }

  @Test
  void aSpecPageIsItsTextWithPropertiesAndActionsMarked() throws IOException {
    Document page = parse(reports.resolve("specs/SchedulerOwnership.html"));
    List<String> lines = page.select(".source li code").stream().map(Element::wholeText).toList();
    assertThat(String.join("\n", lines) + "\n")
        .isEqualTo(run.sources().modules().get("SchedulerOwnership"));
    assertThat(page.select("li:contains(SideExclusiveInv ==) a").attr("href"))
        .isEqualTo("../properties/OWN-1.html");
    assertThat(page.select("li:contains(G3_Append(th) ==) .edges").text())
        .matches("\\d+ edges in \\d models.*");
    assertThat(page.select("dd").text()).contains("RegistryMemory", "S01", "B11");
    assertThat(page.select(".tla-keyword, .tla-comment, .tla-string")).hasSizeGreaterThan(100);
  }

  @Test
  void aHeapInsideABlockAndTheWordThatLedAstrayAreDrawn() throws IOException {
    String inner =
        "\"inside\" : [ { \"name\" : \"inner\", \"struct\" : \"block\", \"address\" : 64,"
            + " \"size\" : 8, \"life\" : \"FREE\", \"userReached\" : false, \"words\" : [ {"
            + " \"field\" : \"stale\", \"value\" : \"1\", \"target\" : null,"
            + " \"userWritten\" : false, \"wrong\" : false }, { \"field\" : \"forged\", \"value\""
            + " : \"2\", \"target\" : null, \"userWritten\" : true, \"wrong\" : true } ],"
            + " \"inside\" : [ ] } ]";
    changed("\"inside\" : [ ]", inner);
    Document page = parse(pages(other.resolve("counterexamples")).get(0));
    Element block = page.select(".object .object[data-name=inner]").first();
    assertThat(block).isNotNull();
    assertThat(block.select(".wrong").text()).contains("forged = 2", "astray");
    assertThat(block.text()).contains("free", "stale = 1");
  }

  @Test
  void everyClaimHasItsExactCommandAndTheVersionOfTlc() throws IOException {
    Document page = parse(reports.resolve("index.html"));
    assertThat(page.select("code:contains(tlc2.TLC)"))
        .hasSize(run.models().stream().mapToInt(model -> model.claims().size()).sum());
    assertThat(page.text()).contains("2.18");
  }

  @Test
  void textOfAModelIsNeverTakenForMarkup() throws IOException {
    String hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\\\"'";
    Document page =
        changed("\"title\" : \"" + run.models().get(0).title(), "\"title\" : \"" + hostile);
    assertThat(page.select("script, img")).isEmpty();
    assertThat(page.text())
        .contains("<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'");
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void everyVerdictIsShown(Verdict verdict) throws IOException {
    Document page =
        changed(
            "\"conformanceVerdict\" : \"PASS\"", "\"conformanceVerdict\" : \"" + verdict + "\"");
    assertThat(page.select("." + verdict)).isNotEmpty();
    assertThat(page.select("table.matrix")).hasSize(1);
  }

  @Test
  void pagesOfCounterexamplesThatAreNoMoreAreRemoved() throws IOException {
    Files.createDirectories(other.resolve("counterexamples"));
    Path stale = other.resolve("counterexamples/Old.Inv.html");
    Files.writeString(stale, "old");
    ReportWriter.write(run, List.of(), null, other);
    assertThat(stale).doesNotExist();
  }
}
