package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes of threads in a real browser. Without one these tests are skipped. */
class LanesBrowserTest {
  private static final String AT =
      "const at = () => page.querySelector('.step.current').id + ' '"
          + " + page.querySelector('.lanes tr[aria-current]').dataset.step;";
  private static final String KEY =
      "const key = (k, on) => on.dispatchEvent(new view.KeyboardEvent('keydown', {key: k,"
          + " bubbles: true, cancelable: true}));"
          + "const lanes = page.querySelector('.lanes');";

  private static Path program;
  private static Path small;

  @TempDir private Path folder;

  @BeforeAll
  static void findBrowser() throws IOException {
    Optional<Path> found = Browser.find();
    assumeTrue(found.isPresent(), "there is no Chromium on the PATH");
    program = found.get();
    small = ReportOfThreads.tickAndClient().write(made("target/test-report-lanes"));
  }

  private static Path made(String name) throws IOException {
    return Files.createDirectories(Path.of(name).toAbsolutePath());
  }

  private String inFrame(Path page, int width, String script, String... options)
      throws IOException, InterruptedException {
    return new Browser(program, folder).inFrame(page.toUri().toString(), width, script, options);
  }

  @Test
  void aClickOnARowGoesToItsStep() throws Exception {
    String click =
        AT
            + "const seen = [at()];"
            + "page.querySelector('tr[data-step=\"3\"] td.lane').click(); seen.push(at());"
            + "page.querySelector('tr[data-step=\"5\"] a').click(); seen.push(at());"
            + "seen.push(view.location.hash); return seen.join(', ');";
    assertThat(inFrame(small, 1280, click)).isEqualTo("step-10 10, step-3 3, step-5 5, #step-5");
  }

  @Test
  void theStepperMarksTheRowOfItsStep() throws Exception {
    String press =
        AT
            + KEY
            + "const seen = [];"
            + "for (const k of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowLeft'])"
            + " { key(k, page.body); seen.push(at()); } return seen.join(', ');";
    assertThat(inFrame(small, 1280, press)).isEqualTo("step-0 0, step-1 1, step-2 2, step-1 1");
  }

  @Test
  void inTheLanesTheArrowsDownAndUpStepAndThoseAsideAreLeftToScroll() throws Exception {
    String press =
        AT
            + KEY
            + "const seen = []; lanes.focus();"
            + "for (const k of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowRight'])"
            + " { const taken = !key(k, lanes); seen.push(at() + ' ' + taken); }"
            + "return page.activeElement === lanes ? seen.join(', ') : 'no focus';";
    assertThat(inFrame(small, 1280, press))
        .isEqualTo("step-0 0 true, step-1 1 true, step-2 2 true, step-1 1 true, step-1 1 false");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1280})
  void theLanesScrollInsideAndTheStepsStayInSight(int width) throws Exception {
    String look =
        "const lanes = page.querySelector('.lanes'); lanes.scrollLeft = 300; lanes.scrollTop = 100;"
            + "const box = lanes.getBoundingClientRect();"
            + "const time = page.querySelector('tr[data-step=\"6\"] .time').getBoundingClientRect();"
            + "const head = page.querySelector('thead .time').getBoundingClientRect();"
            + "const fits = page.documentElement.scrollWidth <= view.innerWidth;"
            + "return [fits, Math.abs(time.left - box.left) <= 1.5,"
            + " lanes.scrollTop === 0 || Math.abs(head.top - box.top) <= 1.5].join(' ');";
    assertThat(inFrame(small, width, look)).isEqualTo("true true true");
  }

  @Test
  void theThreadThatTookTheStepIsInSightOnASmallScreen() throws Exception {
    String look =
        KEY
            + "const seen = []; key('Home', page.body);"
            + "for (let i = 1; i < 11; i++) { key('ArrowRight', page.body);"
            + " const box = lanes.getBoundingClientRect();"
            + " const time = page.querySelector('.lanes tr[aria-current] .time');"
            + " const cell = page.querySelector('.lanes tr[aria-current] .actor')"
            + ".getBoundingClientRect();"
            + " seen.push(cell.left >= time.getBoundingClientRect().right - 1"
            + " && cell.left < box.right && cell.top >= box.top && cell.bottom <= box.bottom + 1);"
            + "} return seen.join(' ');";
    assertThat(inFrame(small, 400, look)).isEqualTo("true ".repeat(10).trim());
  }

  @ParameterizedTest(name = "preferred color scheme {0}")
  @CsvSource({"0, dark", "1, light"})
  void everyTextOfTheLanesStandsOutFromItsGround(int scheme, String name) throws Exception {
    String contrast =
        """
        const rgb = (c) => c.match(/[0-9.]+/g).map(Number);
        const light = (c) => { const [r, g, b] = rgb(c).map((v) => { v /= 255;
          return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const ground = (e) => { for (; e; e = e.parentElement) {
          const c = view.getComputedStyle(e).backgroundColor;
          const parts = rgb(c); if (parts.length < 4 || parts[3] > 0.5) { return c; } } return 'rgb(255,255,255)'; };
        let least = 21, worst = '';
        page.querySelectorAll('.lanes td>span:not(.bar,.unseen), .lanes b, .lanes th, .lanes a').forEach((e) => {
          const a = light(view.getComputedStyle(e).color), b = light(ground(e));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < least) { least = ratio; worst = e.className + ' ' + e.textContent; } });
        const dark = light(view.getComputedStyle(page.body).backgroundColor) < 0.2 ? 'dark' : 'light';
        return dark + ' ' + (least >= 4.5 ? 'readable' : least + ' ' + worst);
        """;
    assertThat(inFrame(small, 1280, contrast, "--blink-settings=preferredColorScheme=" + scheme))
        .isEqualTo(name + " readable");
  }

  @Test
  void aThousandStepsAreWalkedQuickly() throws Exception {
    Path large = LanesPageTest.longTrace().write(made("target/test-report-long"));
    String walk =
        AT
            + KEY
            + "const start = view.performance.now(); key('Home', page.body);"
            + "for (let i = 0; i < 20; i++) { key('ArrowDown', lanes); }"
            + "const each = (view.performance.now() - start) / 21;"
            + "return at() + (each < 100 ? ' quickly' : ' in ' + each + ' ms each');";
    assertThat(inFrame(large, 1280, walk)).isEqualTo("step-20 20 quickly");
  }
}
