package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringfence.verify.GraphRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a state graph in a real browser. Without one these tests are skipped. */
class GraphBrowserTest {
  /** Keys, the color of a point of the canvas (its middle if none is given), and what is said. */
  private static final String TOOLS =
      """
      const view = window, page = document;
      const canvas = page.getElementById('canvas'), pen = canvas.getContext('2d');
      const key = (k) => canvas.dispatchEvent(
        new view.KeyboardEvent('keydown', {key: k, bubbles: true, cancelable: true}));
      const at = (x = canvas.width / 2, y = canvas.height / 2) =>
        Array.from(pen.getImageData(x, y, 1, 1).data.slice(0, 3)).join();
      const named = (name) => { const probe = page.body.appendChild(page.createElement('i'));
        probe.style.color = 'var(--' + name + ')';
        const found = view.getComputedStyle(probe).color.match(/[0-9]+/g).slice(0, 3).join();
        probe.remove(); return found; };
      const color = (found) => ['paper', 'soft', 'accent', 'bad', 'ink']
        .find((name) => named(name) === found) || found;
      const go = (state) => { page.getElementById('number').value = state;
        page.querySelector('#go button').click(); };
      const heading = () => (page.querySelector('#details h2') || {textContent: 'nothing'}).textContent;
      const zoom = () => Number(canvas.dataset.zoom);
      """;

  private static Path small;

  @TempDir private Path folder;
  private Tab tab;

  @BeforeAll
  static void findBrowser() throws Exception {
    assumeTrue(Browser.find().isPresent(), Browser.MISSING);
    small = ReportOfTwoModels.get().folder().resolve("graphs/S01.html").toAbsolutePath();
  }

  @BeforeEach
  void openTab() throws Exception {
    tab = Browser.get().tab();
  }

  @AfterEach
  void closeTab() throws Exception {
    // That the canvas is read often is the doing of these tests.
    assertThat(tab.problems()).allMatch(problem -> problem.contains("willReadFrequently"));
    tab.close();
  }

  private Path made(GraphRecord graph) throws Exception {
    return ReportOfGraph.write(graph, folder);
  }

  private String look(String address, int width, String script) throws InterruptedException {
    // From an empty page, as a link within the page that is open would not load it again.
    return tab.wide(width).open("about:blank").open(address).run(TOOLS + script);
  }

  private String look(Path page, String script) throws InterruptedException {
    return look(page.toUri().toString(), 1280, script);
  }

  @Test
  void thePageOpensWithAllStatesAndNothingIsWrongOrLoaded() throws Exception {
    String script =
        "return [canvas.dataset.shown, view.performance.getEntriesByType('resource').length,"
            + " heading()].join(' ');";
    assertThat(look(small, script)).isEqualTo("101 0 nothing");
  }

  @Test
  void theWayOfTheCounterexampleIsMarkedAndAnotherStateIsNot() throws Exception {
    String script =
        """
        const buttons = page.querySelectorAll('.way-steps button'), seen = [];
        for (const i of [1, 7, buttons.length - 1]) {
          buttons[i].click(); seen.push(color(at())); key('Escape'); seen.push(color(at()));
        }
        go(40); key('Escape'); seen.push(color(at()));
        return seen.join(' ');
        """;
    assertThat(look(small, script)).isEqualTo("accent bad accent bad accent bad soft");
  }

  @Test
  void theKeyboardZoomsAndMoves() throws Exception {
    String script =
        """
        const first = zoom(), all = canvas.toDataURL(), seen = [];
        key('+'); seen.push((zoom() / first).toFixed(2));
        key('-'); seen.push((zoom() / first).toFixed(2));
        for (const [there, back] of [['ArrowRight', 'ArrowLeft'], ['ArrowDown', 'ArrowUp']]) {
          key(there); seen.push(canvas.toDataURL() !== all); key(back);
        }
        key('+'); key('ArrowUp'); key('0'); seen.push(canvas.toDataURL() === all);
        return seen.join(' ');
        """;
    assertThat(look(small, script)).isEqualTo("1.30 1.00 true true true");
  }

  @Test
  void theKeyboardFollowsTheCounterexampleAndLeavesIt() throws Exception {
    String script =
        """
        const seen = [];
        for (const k of ['n', 'n', 'n', 'p', 'Escape', 'Enter']) {
          key(k); seen.push(heading() + '/' + page.querySelectorAll('[aria-current]').length);
        }
        return seen.join(', ');
        """;
    assertThat(look(small, script))
        .isEqualTo("State 0/1, State 1/1, State 2/1, State 1/1, nothing/0, State 1/0");
  }

  @Test
  void aSelectedStateShowsWhatChangedAndTheWaysOn() throws Exception {
    String script =
        """
        page.querySelectorAll('.way-steps button')[1].click();
        const details = page.getElementById('details');
        const changed = Array.from(details.querySelectorAll('.changed>.leaf'));
        const first = page.getElementById('status').textContent;
        details.querySelector('.steps-of button').click();
        return [first, changed.length > 0, heading(), view.location.hash].join('; ');
        """;
    assertThat(look(small, script))
        .startsWith("state 1, layer 1, step 1 of the counterexample, ")
        .endsWith("; true; State 2; #state-2");
  }

  @Test
  void aClickSelectsADragMovesAndTwoFingersZoom() throws Exception {
    String script =
        """
        canvas.setPointerCapture = () => {};
        const box = canvas.getBoundingClientRect(), seen = [];
        const point = (type, id, x, y) => canvas.dispatchEvent(new view.PointerEvent(type,
          {pointerId: id, clientX: box.left + x, clientY: box.top + y, bubbles: true}));
        const x = box.width / 2, y = box.height / 2;
        go(40); key('Escape');
        point('pointerdown', 1, x + 2, y); point('pointerup', 1, x + 2, y); seen.push(heading());
        key('Escape');
        point('pointerdown', 1, x, y); point('pointermove', 1, x + 50, y + 30);
        point('pointerup', 1, x + 50, y + 30); key('ArrowLeft'); key('ArrowRight');
        seen.push(heading(), color(at((x + 50) * canvas.width / box.width, (y + 30) * canvas.height / box.height)));
        const before = zoom();
        point('pointerdown', 1, x, y); point('pointerdown', 2, x + 100, y);
        point('pointermove', 2, x + 200, y); point('pointerup', 1, x, y);
        point('pointerup', 2, x + 200, y); key('ArrowLeft');
        seen.push((zoom() / before).toFixed(1));
        return seen.join(', ');
        """;
    assertThat(look(small, script)).isEqualTo("State 40, nothing, soft, 2.0");
  }

  @Test
  void aLinkOpensItsStateOrItsCounterexample() throws Exception {
    String script =
        "return heading() + ', ' + color(at()) + ', '"
            + " + page.querySelectorAll('.way.current').length;";
    String page = small.toUri().toString();
    assertThat(look(page + "#state-40", 1280, script)).startsWith("State 40, accent");
    assertThat(look(page + "#S01.SideExclusiveInv", 1280, script))
        .startsWith("nothing")
        .endsWith("1");
    assertThat(look(page + "#state-101", 1280, script)).startsWith("nothing");
    assertThat(look(page + "#%E0%A4%A", 1280, script)).startsWith("nothing");
  }

  @Test
  void hostileTextIsShownAsText() throws Exception {
    String script =
        """
        // In one piece this text would end the script that looks.
        const hostile = '<' + '/script><img';
        go(1); page.querySelector('#details button[aria-pressed]').click();
        const text = page.getElementById('details').textContent;
        return [page.querySelectorAll('img').length, view.document.title,
          text.includes('v' + hostile), text.includes('x' + hostile),
          text.includes('f' + hostile), text.includes('Say(' + hostile)].join();
        """;
    assertThat(look(made(ReportOfGraph.hostile()), script))
        .isEqualTo("0,State graph of S01,true,true,true,true");
  }

  @Test
  void theLargestGraphIsDrawnAndCanBeZoomedInto() throws Exception {
    String script =
        """
        const all = canvas.dataset.shown;
        for (let i = 0; i < 8; i++) { key('+'); }
        const part = Number(canvas.dataset.shown);
        go(1000);
        return [all, part > 0 && part < 2000, heading(), color(at())].join();
        """;
    assertThat(look(made(ReportOfGraph.largest()), script))
        .isEqualTo("2000,true,State 1000,accent");
  }

  @ParameterizedTest(name = "preferred color scheme {0}")
  @ValueSource(strings = {"dark", "light"})
  void thePictureHasTheColorsOfItsPage(String scheme) throws Exception {
    String script =
        """
        const dark = Number(named('paper').split(',')[0]) < 128 ? 'dark' : 'light';
        return dark + ' ' + color(at(3, 3));
        """;
    tab.prefers(scheme);
    assertThat(look(small, script)).isEqualTo(scheme + " paper");
  }

  @ParameterizedTest
  @CsvSource({"400", "1280"})
  void thePageFitsItsWindowAndSoDoesThePicture(int width) throws Exception {
    String script =
        """
        go(40);
        const box = canvas.getBoundingClientRect();
        return [page.documentElement.scrollWidth <= view.innerWidth, box.left >= 0,
          box.right <= view.innerWidth, box.height < view.innerHeight].join();
        """;
    assertThat(look(small.toUri().toString(), width, script)).isEqualTo("true,true,true,true");
  }
}
