package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.verify.Catalogue;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of findings, and the links to them. */
class FindingPagesTest {
  private static final Map<String, String> PROPERTIES =
      Map.of("MEM-5", "Zeroed", "ISO-2", "Trusted", "LIV-1", "Goes on");
  private static final Map<String, String> DEFECTS = Map.of("O-03", "twice", "B-01", "long ago");

  @TempDir private Path folder;

  private Document write(Map<String, String> findings, String page) throws IOException {
    RunRecord run = ReportOfThreads.tickAndClient().run();
    ReportWriter.write(
        new RunRecord(
            run.schema(),
            run.toolVersion(),
            run.command(),
            run.started(),
            run.seconds(),
            run.environment(),
            run.kept(),
            run.inputs(),
            run.properties(),
            run.models(),
            new Catalogue(Map.of(), PROPERTIES, DEFECTS, Map.of(), Map.of()),
            new Sources(Map.of("Lanes", "---- MODULE Lanes ----"), findings)),
        List.of(),
        null,
        folder);
    return Jsoup.parse(folder.resolve(page));
  }

  private Document finding(String markdown) throws IOException {
    return write(Map.of("R-20", markdown, "R-100", "# R-100: other"), "findings/R-20.html");
  }

  @Test
  void aFindingIsRendered() throws IOException {
    Document page =
        finding("# R-20: a title\n\n**Where** `f()`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    assertThat(page.select("main h1").text()).isEqualTo("R-20: a title");
    assertThat(page.select("article strong").text()).isEqualTo("Where");
    assertThat(page.select(".scroll[tabindex=0] > table th[scope=col]").eachText())
        .containsExactly("a", "b");
  }

  @Test
  void whatATextNamesIsALinkToItsPage() throws IOException {
    Document page =
        finding(
            "R-20 breaks MEM-5 with O-03, O-03a, B-01 and R-100; LIV-99 is unknown. `Lanes` of"
                + " `spec/Lanes.tla`, fix `R-100`, `not_a_name`, `./ringfence replay\nreports/"
                + ReportOfThreads.TRACE
                + "`");
    assertThat(page.select("article a").eachAttr("href"))
        .containsExactly(
            "../properties/MEM-5.html",
            "../defects.html#O-03",
            "../defects.html#O-03",
            "../defects.html#B-01",
            "../findings/R-100.html",
            "../index.html#model-Lanes",
            "../specs/Lanes.html",
            "../findings/R-100.html",
            "../" + ReportOfThreads.PAGE);
    assertThat(page.select("article").text())
        .startsWith("R-20 breaks MEM-5 with O-03, O-03a, B-01 and R-100; LIV-99 is unknown.");
  }

  @Test
  void linksBetweenFindingsLeadToTheirPagesAndOthersAreText() throws IOException {
    Document page =
        finding(
            "[one](R-100.md) [all](README.md) [of R-100](gone.md) [web](http://example.org/x)"
                + " [bad](javascript:alert(1)) <http://example.org/y>");
    assertThat(page.select("article a").eachAttr("href"))
        .containsExactly(
            "../findings/R-100.html", "../findings/index.html", "../findings/R-100.html");
    assertThat(page.select("article").text())
        .contains("of R-100 (gone.md)", "web (http://example.org/x)", "bad (javascript:alert(1))");
  }

  @Test
  void htmlInAFindingIsTextAndNothingIsLoaded() throws IOException {
    Document page =
        finding(
            "# R-20: <b>bold</b>\n\n<script>alert(1)</script>\n\ntext <img src=x onerror=alert(2)>"
                + " ![alt](http://example.org/p.png \"t\")\n\n`<i>`\n");
    assertThat(page.select("article script, img, [onerror], article b, article i")).isEmpty();
    assertThat(page.select("article").text())
        .contains("<b>bold</b>", "<script>alert(1)</script>", "<img src=x", "alt", "<i>");
  }

  @Test
  void theIndexIsTheTextThatIntroducesThemAndTheRest() throws IOException {
    Document page =
        write(
            Map.of(
                "README", "# All\n\n[R-20](R-20.md)",
                "R-20", "# R-20: first",
                "R-100", "# R-100: <i>third</i>",
                "R-30", "no heading"),
            "findings/index.html");
    assertThat(page.select("h1").text()).isEqualTo("All");
    assertThat(page.select("article a").attr("href")).isEqualTo("../findings/R-20.html");
    assertThat(page.select("ul.findings li").eachText())
        .containsExactly("R-30", "R-100 <i>third</i>");
  }

  @Test
  void aReportWithoutFindingsHasAnEmptyIndex() throws IOException {
    assertThat(write(Map.of(), "findings/index.html").select("main").text()).isEqualTo("Findings");
  }

  @Test
  void theReportLinksEachIdToTheFindingsThatNameIt() throws IOException {
    Map<String, String> findings =
        Map.of(
            "O-03",
            "# O-03: own\n\nbreaks MEM-5",
            "R-20",
            "# R-20: other\n\nO-03 again, " + ReportOfThreads.TRACE);
    Document defects = write(findings, "defects.html");
    assertThat(defects.select("tr#O-03 th a").eachAttr("href"))
        .containsExactly("findings/O-03.html", "findings/R-20.html");
    assertThat(defects.select("tr#R-20 th").text()).startsWith("R-20 other");
    Document property = Jsoup.parse(folder.resolve("properties/MEM-5.html"));
    assertThat(property.select("ul.findings a").eachText()).containsExactly("O-03");
    assertThat(Jsoup.parse(folder.resolve("properties/LIV-1.html")).select("ul.findings"))
        .isEmpty();
    Document overview = Jsoup.parse(folder.resolve("index.html"));
    assertThat(overview.select(".coverage tr:contains(twice) td a").eachText())
        .containsExactly("O-03", "R-20");
    Document trace = Jsoup.parse(folder.resolve(ReportOfThreads.PAGE));
    assertThat(trace.select("ul.findings a").eachText()).containsExactly("R-20");
  }

  @Test
  void aPageOfAFindingThatIsNoMoreIsRemoved() throws IOException {
    write(Map.of("R-20", "# R-20: x"), "findings/R-20.html");
    write(Map.of(), "findings/index.html");
    assertThat(folder.resolve("findings/R-20.html")).doesNotExist();
  }
}
