package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes of threads in a real browser. Without one these tests are skipped. */
class LanesBrowserTest {
  private static final String AT =
      "const at = () => document.querySelector('.step.current').id + ' '"
          + " + document.querySelector('.lanes tr[aria-current]').dataset.step;";
  private static final String WHERE = AT + "return at();";

  private static Path small;

  private Tab tab;

  @BeforeAll
  static void findBrowser() throws IOException {
    assumeTrue(Browser.find().isPresent(), Browser.MISSING);
    small = ReportOfThreads.tickAndClient().write(made("target/test-report-lanes"));
  }

  @BeforeEach
  void openTab() throws Exception {
    tab = Browser.get().tab().wide(1280);
  }

  @AfterEach
  void closeTab() throws Exception {
    tab.close();
  }

  private static Path made(String name) throws IOException {
    return Files.createDirectories(Path.of(name).toAbsolutePath());
  }

  @Test
  void aClickOnARowGoesToItsStep() throws Exception {
    assertThat(tab.open(small).run(WHERE)).isEqualTo("step-10 10");
    assertThat(tab.click("tr[data-step='3'] td.lane").run(WHERE)).isEqualTo("step-3 3");
    assertThat(tab.click("tr[data-step='5'] a").run(WHERE)).isEqualTo("step-5 5");
    assertThat(tab.run("return location.hash;")).isEqualTo("#step-5");
  }

  @Test
  void theStepperMarksTheRowOfItsStep() throws Exception {
    tab.open(small);
    assertThat(tab.press("Home").run(WHERE)).isEqualTo("step-0 0");
    assertThat(tab.press("ArrowRight", "ArrowRight").run(WHERE)).isEqualTo("step-2 2");
    assertThat(tab.press("ArrowLeft").run(WHERE)).isEqualTo("step-1 1");
  }

  @Test
  void inTheLanesTheArrowsDownAndUpStepAndThoseAsideAreLeftToScroll() throws Exception {
    tab.open(small).run("document.querySelector('.lanes').focus();");
    assertThat(tab.press("Home").run(WHERE)).isEqualTo("step-0 0");
    assertThat(tab.press("ArrowDown", "ArrowDown").run(WHERE)).isEqualTo("step-2 2");
    assertThat(tab.press("ArrowUp").run(WHERE)).isEqualTo("step-1 1");
    assertThat(tab.press("ArrowRight").run(WHERE)).isEqualTo("step-1 1");
    assertThat(tab.run("return document.activeElement.className;")).startsWith("lanes");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1280})
  void theLanesScrollInsideAndTheStepsStayInSight(int width) throws Exception {
    String look =
        "const lanes = document.querySelector('.lanes'); lanes.scrollLeft = 300;"
            + " lanes.scrollTop = 100; const box = lanes.getBoundingClientRect();"
            + "const time = document.querySelector('tr[data-step=\"6\"] .time')"
            + ".getBoundingClientRect();"
            + "const head = document.querySelector('.lanes thead .time').getBoundingClientRect();"
            + "const fits = document.documentElement.scrollWidth <= innerWidth;"
            + "return [fits, Math.abs(time.left - box.left) <= 1.5,"
            + " lanes.scrollTop === 0 || Math.abs(head.top - box.top) <= 1.5].join(' ');";
    assertThat(tab.wide(width).open(small).run(look)).isEqualTo("true true true");
  }

  @Test
  void theThreadThatTookTheStepIsInSightOnASmallScreen() throws Exception {
    String look =
        "const lanes = document.querySelector('.lanes'), box = lanes.getBoundingClientRect();"
            + " const time = document.querySelector('.lanes tr[aria-current] .time');"
            + " const cell = document.querySelector('.lanes tr[aria-current] .actor')"
            + ".getBoundingClientRect();"
            + " return cell.left >= time.getBoundingClientRect().right - 1"
            + " && cell.left < box.right && cell.top >= box.top && cell.bottom <= box.bottom + 1;";
    tab.wide(400).open(small).press("Home");
    for (int step = 1; step <= 10; step++) {
      assertThat(tab.press("ArrowRight").run(look)).as("step " + step).isEqualTo("true");
    }
  }

  @Test
  void aThousandStepsAreWalkedByKeyAndOnlyOneIsDrawn() throws Exception {
    tab.open(LanesPageTest.longTrace().write(made("target/test-report-long")));
    String drawn =
        AT
            + " return [...document.querySelectorAll('.step')]"
            + ".filter((step) => step.offsetParent !== null).length + ' ' + at();";
    assertThat(tab.press("Home").run(drawn)).isEqualTo("1 step-0 0");
    String walk =
        "for (let i = 0; i < 20; i++) {"
            + " document.body.dispatchEvent(new KeyboardEvent('keydown',"
            + " {key: 'ArrowRight', bubbles: true})); }";
    tab.run(walk);
    assertThat(tab.run(drawn)).isEqualTo("1 step-20 20");
    assertThat(tab.press("End").run(drawn)).isEqualTo("1 step-1000 1000");
  }
}
