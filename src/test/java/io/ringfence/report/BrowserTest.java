package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A counterexample in a real browser. Without one these tests are skipped. */
class BrowserTest {
  private static final String AT =
      "return document.querySelector('.step.current').id + ' ' + location.hash;";

  private static Path page;

  private Tab tab;

  @BeforeAll
  static void findBrowser() throws Exception {
    assumeTrue(Browser.find().isPresent(), Browser.MISSING);
    page = ReportOfTwoModels.get().folder().resolve("counterexamples/S01.SideExclusiveInv.html");
  }

  @BeforeEach
  void openTab() throws Exception {
    tab = Browser.get().tab().wide(1280);
  }

  @AfterEach
  void closeTab() throws Exception {
    tab.close();
  }

  private String last() throws InterruptedException {
    return tab.document().select(".step").last().id();
  }

  @Test
  void aCounterexampleOpensAtItsLastStep() throws Exception {
    Document document = tab.open(page).document();
    assertThat(document.select(".step.current").eachAttr("id")).containsExactly(last());
    assertThat(document.getElementById("status").text()).startsWith("step ");
  }

  @Test
  void openingAPageDoesNotScrollItsHeadingAway() throws Exception {
    assertThat(tab.open(page).run("return scrollY;")).isEqualTo("0");
  }

  @Test
  void aLinkToAStepOpensIt() throws Exception {
    assertThat(tab.open(page.toUri() + "#step-3").run(AT)).isEqualTo("step-3 #step-3");
    // A link within the page loads nothing: the page hears of it some time later.
    String follow =
        "await new Promise(done => {"
            + " addEventListener('hashchange', done); location.hash = '#step-1'; });";
    assertThat(tab.run(follow + AT)).isEqualTo("step-1 #step-1");
  }

  @Test
  void aLinkToAStepThatIsNotThereOpensTheLast() throws Exception {
    tab.open(page.toUri() + "#step-9999");
    assertThat(tab.run(AT)).startsWith(last() + " ");
  }

  @Test
  void theArrowsPointFromWordsToObjects() throws Exception {
    assertThat(tab.open(page).document().select(".current .memory svg path[marker-end]"))
        .isNotEmpty();
  }

  @Test
  void theKeyboardMovesThroughTheStepsAndTheAddressSaysWhere() throws Exception {
    tab.open(page);
    String last = last();
    assertThat(tab.press("Home").run(AT)).isEqualTo("step-0 #step-0");
    assertThat(tab.press("ArrowRight", "ArrowRight").run(AT)).isEqualTo("step-2 #step-2");
    assertThat(tab.press("ArrowLeft").run(AT)).isEqualTo("step-1 #step-1");
    assertThat(tab.press("j", "j", "k").run(AT)).isEqualTo("step-2 #step-2");
    assertThat(tab.press("End", "ArrowRight").run(AT)).isEqualTo(last + " #" + last);
  }

  @Test
  void theButtonsAndTheListMoveThroughTheSteps() throws Exception {
    tab.open(page);
    assertThat(tab.click("[data-move=first]").run(AT)).isEqualTo("step-0 #step-0");
    assertThat(tab.click("[data-move=next]").run(AT)).isEqualTo("step-1 #step-1");
    assertThat(tab.click(".steps a[href='#step-3']").run(AT)).isEqualTo("step-3 #step-3");
    assertThat(tab.click("[data-move=previous]").run(AT)).isEqualTo("step-2 #step-2");
  }

  @Test
  void theFilterLeavesTheVariablesThatItNamesInEachStep() throws Exception {
    String seen =
        "return Array.from(document.querySelectorAll('.step.current>ul.value>li'))"
            + ".filter((li) => li.offsetHeight > 0)"
            + ".map((li) => li.querySelector('.label').textContent).join(' ');";
    String all = tab.open(page).run(seen);
    assertThat(all).contains("thread", "mem").contains(" ");
    assertThat(tab.press("/", "t", "h", "r").run(seen)).isEqualTo("thread");
    assertThat(tab.document().getElementById("status").text()).contains("1 of ", "variables");
    assertThat(tab.click("[data-move=previous]").run(seen)).isEqualTo("thread");
    assertThat(tab.click("#filter").press("Escape").run(seen)).isEqualTo(all);
    assertThat(tab.press("Home").run(AT)).isEqualTo("step-0 #step-0");
  }

  @Test
  void onlyChangesLeavesWhatTheStepChanged() throws Exception {
    String seen =
        "return Array.from(document.querySelectorAll('.step.current ul.value li'))"
            + ".filter((li) => li.offsetHeight > 0).every((li) => li.matches('.changed'));";
    assertThat(tab.open(page).run(seen)).isEqualTo("false");
    assertThat(tab.click("#changes").run(seen)).isEqualTo("true");
    assertThat(tab.document().select("#changes").attr("aria-pressed")).isEqualTo("true");
  }

  @Test
  void theFirstKeyOfferedIsTheWayToTheContent() throws Exception {
    tab.open(page).press("Tab");
    assertThat(
            tab.run(
                "const a = document.activeElement, b = a.getBoundingClientRect();"
                    + " return a.textContent + ' ' + (b.left >= 0) + ' '"
                    + " + (getComputedStyle(a).outlineStyle);"))
        .isEqualTo("Skip to the content true solid");
    tab.press("Enter");
    assertThat(tab.run("return location.hash;")).isEqualTo("#main");
  }

  @Test
  void onPaperEveryStepIsThereAndNoControl() throws Exception {
    tab.open(page).printed();
    String visible =
        "const seen = (s) => Array.from(document.querySelectorAll(s))"
            + ".filter((e) => e.offsetHeight > 0).length;"
            + " return seen('.step') + ' ' + seen('.controls, nav, .skip, .keys');";
    assertThat(tab.run(visible)).isEqualTo(tab.document().select(".step").size() + " 0");
  }
}
