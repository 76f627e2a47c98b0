package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.trace.Trace;
import io.ringfence.verify.GraphRecord;
import io.ringfence.verify.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a state graph, as text. */
class GraphPageTest {
  @TempDir private Path folder;

  private static Document page(Path file) throws Exception {
    return Jsoup.parse(file);
  }

  @Test
  void theOverviewAndTheCounterexampleLinkToTheGraphAndTheGraphLinksBack() throws Exception {
    Path reports = ReportOfTwoModels.get().folder();
    assertThat(page(reports.resolve("index.html")).select("a[href^=graphs/]").eachAttr("href"))
        .containsExactly("graphs/S01.html", "graphs/B11.html");
    Element link =
        page(reports.resolve("counterexamples/S01.SideExclusiveInv.html"))
            .select("a[href^=../graphs/]")
            .first();
    assertThat(link.attr("href")).isEqualTo("../graphs/S01.html#S01.SideExclusiveInv");
    Document graph = page(reports.resolve("graphs/S01.html"));
    assertThat(graph.getElementById("S01.SideExclusiveInv").select("a").attr("href"))
        .isEqualTo("../counterexamples/S01.SideExclusiveInv.html");
    assertThat(graph.select("a[href=../index.html#model-S01]")).hasSize(1);
  }

  @Test
  void theCounterexampleIsAListOfItsSteps() throws Exception {
    ReportOfTwoModels report = ReportOfTwoModels.get();
    Trace trace =
        report.run().models().get(0).claims().stream()
            .map(RunRecord.ClaimRecord::counterexample)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow()
            .trace();
    List<String> steps =
        page(report.folder().resolve("graphs/S01.html")).select(".way-steps button").eachText();
    assertThat(steps).hasSameSizeAs(trace.states());
    assertThat(steps.get(0)).isEqualTo("initial state state 0");
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i)).startsWith(trace.states().get(i).action() + " state ");
    }
  }

  @Test
  void theSummaryAndTheTableSayWhatThePictureShows() throws Exception {
    Document page = page(ReportOfTwoModels.get().folder().resolve("graphs/S01.html"));
    assertThat(page.select("dl.facts dd").get(0).text()).isEqualTo("101, 1 of them initial");
    assertThat(page.select("dl.facts dd").get(1).text()).startsWith("433, drawn as 377 lines");
    assertThat(sum(page, 2)).isEqualTo(101);
    assertThat(sum(page, 3)).isEqualTo(433);
    assertThat(sum(page, 4)).isEqualTo(21);
    assertThat(page.select("tbody tr")).hasSize(32);
    assertThat(page.select("canvas[tabindex=0][aria-label]")).hasSize(1);
  }

  private static int sum(Document page, int column) {
    return page.select("tbody tr>:nth-child(" + column + ")").eachText().stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  @Test
  void parallelEdgesAreInTheDataAndOneLineInThePicture() throws Exception {
    Document page = page(ReportOfGraph.write(ReportOfGraph.hostile(), folder));
    assertThat(page.select("dl.facts dd").get(0).text())
        .isEqualTo("4, 1 of them initial, 1 outside the model's bounds and not explored further");
    assertThat(page.select("dl.facts dd").get(1).text()).startsWith("6, drawn as 5 lines");
  }

  @Test
  void hostileTextIsTextAndTheDataArriveAsTheyWere() throws Exception {
    Document page = page(ReportOfGraph.write(ReportOfGraph.hostile(), folder));
    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("script")).hasSize(2);
    assertThat(page.select(".way-steps button").eachText())
        .contains("Say(" + ReportOfGraph.HOSTILE + ") state 1");
    JsonNode data = new ObjectMapper().readTree(page.getElementById("data").data());
    assertThat(data.at("/graph/texts/2").asText()).isEqualTo("v" + ReportOfGraph.HOSTILE);
    assertThat(data.at("/graph"))
        .isEqualTo(new ObjectMapper().readTree(ReportOfGraph.hostile().json()));
    assertThat(data.get("layers").toString()).isEqualTo("[0,1,2,2]");
    assertThat(data.get("places")).hasSize(4);
  }

  @Test
  void aCounterexampleOutsideOfTheGraphIsSaidToBe() throws Exception {
    GraphRecord graph = ReportOfGraph.hostile();
    GraphRecord without =
        new GraphRecord(
            graph.model(),
            graph.variables(),
            graph.shapes(),
            graph.texts(),
            graph.values(),
            graph.actions(),
            graph.initial(),
            graph.outside(),
            graph.states(),
            graph.edges(),
            Map.of());
    Document page = page(ReportOfGraph.write(without, folder));
    assertThat(page.select(".way p").text()).contains("is not in the graph");
    assertThat(page.select(".way-steps button")).isEmpty();
  }

  @Test
  void thePageOfAGraphThatIsNoMoreIsRemoved() throws Exception {
    Files.createDirectories(folder.resolve("graphs"));
    Path stale = Files.writeString(folder.resolve("graphs/Old.html"), "old");
    ReportOfGraph.write(ReportOfGraph.hostile(), folder);
    assertThat(stale).doesNotExist();
  }
}
