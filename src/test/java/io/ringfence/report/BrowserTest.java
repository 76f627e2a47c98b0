package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser: headless Chromium. Without one these tests are skipped. */
class BrowserTest {
  private static Path reports;
  private static Path browser;

  @TempDir private Path folder;

  @BeforeAll
  static void findBrowser() throws Exception {
    Optional<Path> found = Browser.find();
    assumeTrue(found.isPresent(), "there is no Chromium on the PATH");
    browser = found.get();
    reports = ReportOfTwoModels.get().folder();
  }

  private Document open(String address) throws IOException, InterruptedException {
    return new Browser(browser, folder).open(address);
  }

  private String inFrame(String address, int width, String script)
      throws IOException, InterruptedException {
    return new Browser(browser, folder).inFrame(address, width, script);
  }

  private String page() {
    return reports.resolve("counterexamples/S01.SideExclusiveInv.html").toUri().toString();
  }

  @Test
  void aCounterexampleOpensAtItsLastStep() throws Exception {
    Document page = open(page());
    assertThat(page.select(".step.current")).hasSize(1);
    assertThat(page.select(".step.current").attr("id"))
        .isEqualTo(page.select(".step").last().attr("id"));
    assertThat(page.getElementById("status").text()).startsWith("step ");
  }

  @Test
  void openingAPageDoesNotScrollItsHeadingAway() throws Exception {
    assertThat(inFrame(page(), 1280, "return view.scrollY;")).isEqualTo("0");
  }

  @Test
  void aLinkToAStepOpensIt() throws Exception {
    assertThat(open(page() + "#step-3").select(".step.current").attr("id")).isEqualTo("step-3");
  }

  @Test
  void theArrowsPointFromWordsToObjects() throws Exception {
    assertThat(open(page()).select(".step.current .memory svg path[marker-end]")).isNotEmpty();
  }

  @Test
  void theKeyboardMovesThroughTheSteps() throws Exception {
    String press =
        "const key = (k) => page.dispatchEvent(new view.KeyboardEvent('keydown', {key: k,"
            + " bubbles: true}));"
            + "const at = () => page.querySelector('.step.current').id;"
            + "const seen = [];"
            + "for (const k of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'ArrowRight'])"
            + " { key(k); seen.push(at()); } return seen.join(' ');";
    String last = open(page()).select(".step").last().attr("id");
    assertThat(
            inFrame(page(), 1280, press.replace("page.dispatchEvent", "page.body.dispatchEvent")))
        .isEqualTo("step-0 step-1 step-2 step-1 " + last + " " + last);
  }

  @ParameterizedTest(name = "{0} at {1} pixels")
  @CsvSource({
    "index.html, 1280",
    "index.html, 400",
    "properties/OWN-1.html, 1280",
    "properties/OWN-1.html, 400",
    "specs/SchedulerOwnership.html, 1280",
    "specs/SchedulerOwnership.html, 400",
    "defects.html, 1280",
    "defects.html, 400",
    "counterexamples/S01.SideExclusiveInv.html, 1280",
    "counterexamples/S01.SideExclusiveInv.html, 400"
  })
  void noPageIsWiderThanItsWindow(String name, int width) throws Exception {
    String wide =
        "return page.documentElement.scrollWidth <= view.innerWidth ? 'fits' : "
            + "page.documentElement.scrollWidth + ' > ' + view.innerWidth;";
    assertThat(inFrame(reports.resolve(name).toUri().toString(), width, wide)).isEqualTo("fits");
  }
}
