package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringfence.verify.GraphRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a state graph in a real browser. Without one these tests are skipped. */
class GraphBrowserTest {
  /** What goes wrong in a page is kept, from before its own script on. */
  private static final String LISTEN =
      "<head><script>window.wrong = []; window.onerror = (m) => { wrong.push(m); };"
          + "console.error = (m) => { wrong.push(m); };</script>";

  /** Keys, the colour of a point of the canvas (its middle if none is given), and what is said. */
  private static final String TOOLS =
      """
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

  private static Path program;
  private static Path small;

  @TempDir private Path folder;

  @BeforeAll
  static void findBrowser() throws Exception {
    Optional<Path> found = Browser.find();
    assumeTrue(found.isPresent(), "there is no Chromium on the PATH");
    program = found.get();
    small = listened(ReportOfTwoModels.get().folder().resolve("graphs/S01.html"), "small");
  }

  private static Path listened(Path page, String name) throws IOException {
    Path copy = Files.createDirectories(Path.of("target/test-report-graph").toAbsolutePath());
    String text = Files.readString(page).replace("<head>", LISTEN);
    return Files.writeString(copy.resolve(name + ".html"), text);
  }

  private Path made(String name, GraphRecord graph) throws Exception {
    return listened(ReportOfGraph.write(graph, folder), name);
  }

  private String look(String address, int width, String script, String... options)
      throws IOException, InterruptedException {
    return new Browser(program, folder).inFrame(address, width, TOOLS + script, options);
  }

  private String look(Path page, String script) throws IOException, InterruptedException {
    return look(page.toUri().toString(), 1280, script);
  }

  @Test
  void thePageOpensWithAllStatesAndNothingIsWrongOrLoaded() throws Exception {
    String script =
        "return [canvas.dataset.shown, view.wrong.length,"
            + " view.performance.getEntriesByType('resource').length, heading()].join(' ');";
    assertThat(look(small, script)).isEqualTo("101 0 0 nothing");
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
        return seen.concat(view.wrong).join(' ');
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
        return seen.concat(view.wrong).join(', ');
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
        return seen.concat(view.wrong).join(', ');
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
    assertThat(look(page + "#%E0%A4%A", 1280, script + "return view.wrong.join();"))
        .startsWith("nothing");
  }

  @Test
  void hostileTextIsShownAsText() throws Exception {
    String script =
        """
        // In one piece this text would end the script that looks.
        const hostile = '<' + '/script><img';
        go(1); page.querySelector('#details button[aria-pressed]').click();
        const text = page.getElementById('details').textContent;
        return [page.querySelectorAll('img').length, view.document.title, view.wrong.length,
          text.includes('v' + hostile), text.includes('x' + hostile),
          text.includes('f' + hostile), text.includes('Say(' + hostile)].join();
        """;
    assertThat(look(made("hostile", ReportOfGraph.hostile()), script))
        .isEqualTo("0,State graph of S01,0,true,true,true,true");
  }

  @Test
  void theLargestGraphIsDrawnAndCanBeZoomedInto() throws Exception {
    String script =
        """
        const all = canvas.dataset.shown;
        for (let i = 0; i < 8; i++) { key('+'); }
        const part = Number(canvas.dataset.shown);
        go(1000);
        return [all, part > 0 && part < 2000, heading(), color(at())].concat(view.wrong).join();
        """;
    assertThat(look(made("largest", ReportOfGraph.largest()), script))
        .isEqualTo("2000,true,State 1000,accent");
  }

  @ParameterizedTest(name = "preferred color scheme {0}")
  @CsvSource({"0, dark", "1, light"})
  void thePictureHasTheColorsOfItsPage(int scheme, String name) throws Exception {
    String script =
        """
        const dark = Number(named('paper').split(',')[0]) < 128 ? 'dark' : 'light';
        return dark + ' ' + color(at(3, 3));
        """;
    assertThat(
            look(
                small.toUri().toString(),
                1280,
                script,
                "--blink-settings=preferredColorScheme=" + scheme))
        .isEqualTo(name + " paper");
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
