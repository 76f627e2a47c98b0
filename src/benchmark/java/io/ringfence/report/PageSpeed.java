package io.ringfence.report;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Region;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.tlc.directory.OwnDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times pages in a browser: the overview of the last run, a counterexample of a thousand steps with
 * lanes, one with a memory map for each step, and the largest state graph that a page shows. Five
 * times each, medians.
 */
public final class PageSpeed {
  private static final int ROUNDS = 5;

  /** When the page was painted first, in milliseconds after the navigation began. */
  private static final String PAINTED =
      "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
          + " return performance.getEntriesByName('first-contentful-paint')[0].startTime;";

  /** When the page was ready for the first key. */
  private static final String READY =
      "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
          + " return performance.now();";

  private final Tab tab;

  private PageSpeed(Tab tab) {
    this.tab = tab;
  }

  /**
   * Runs the benchmark.
   *
   * @param args the folder of the reports of a run
   */
  public static void main(String[] args) throws Exception {
    Path made = OwnDirectory.create("ringfence-pages-").path();
    Tab tab = Browser.get().tab().wide(1280);
    PageSpeed speed = new PageSpeed(tab);
    Path overview = Path.of(args[0], "index.html").toAbsolutePath();
    if (Files.isRegularFile(overview)) {
      System.out.printf(
          Locale.ROOT, "overview: painted after %.0f ms%n", speed.opened(overview, PAINTED));
    } else {
      System.out.println("overview: there is no " + overview + "; './ringfence verify' writes it");
    }
    speed.walk("1,000 steps, six lanes", LanesPageTest.longTrace().write(made.resolve("lanes")));
    speed.walk("1,000 steps, memory maps", memory().write(made.resolve("memory")));
    speed.graph(ReportOfGraph.write(ReportOfGraph.largest(), made.resolve("graph")));
    System.exit(0);
  }

  private double opened(Path page, String when) throws InterruptedException {
    return median(
        () -> {
          tab.open("about:blank");
          return Double.parseDouble(tab.open(page).run(when));
        });
  }

  private void walk(String name, Path page) throws Exception {
    double ready = opened(page, READY);
    double step = median(() -> each("ArrowRight", 20));
    System.out.printf(
        Locale.ROOT,
        "%s: %d KB, ready after %.0f ms, %.1f ms a step%n",
        name,
        Files.size(page) / 1000,
        ready,
        step);
  }

  private void graph(Path page) throws Exception {
    double ready = opened(page, READY);
    tab.run("document.querySelector('canvas').focus();");
    double key = median(() -> each("+", 5));
    System.out.printf(
        Locale.ROOT,
        "2,000 states, 20,000 edges: %d KB, ready after %.0f ms, %.1f ms a zoom%n",
        Files.size(page) / 1000,
        ready,
        key);
  }

  /** The time of a key, with what the browser then draws. */
  private double each(String key, int times) throws InterruptedException {
    tab.press("Home");
    return Double.parseDouble(
        tab.run(
            "const start = performance.now(); const at = document.activeElement;"
                + " for (let i = 0; i < "
                + times
                + "; i++) { at.dispatchEvent(new KeyboardEvent('keydown', {key: '"
                + key
                + "', bubbles: true}));"
                + " await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); }"
                + " return (performance.now() - start) / "
                + times
                + ";"));
  }

  private interface Timing {
    double take() throws InterruptedException;
  }

  private static double median(Timing timing) throws InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      times.add(timing.take());
    }
    times.sort(null);
    return times.get(ROUNDS / 2);
  }

  /** Two heaps with 24 objects; one object changes in each step. */
  private static ReportOfThreads memory() {
    ReportOfThreads report = new ReportOfThreads();
    for (int step = 0; step <= 1000; step++) {
      List<MemoryObject> objects = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        objects.add(object(i, i == step % 24 ? step : 0));
      }
      MemoryPicture picture =
          new MemoryPicture(
              List.of(
                  new Region(
                      "system heap", 0x1000, 0x4000, UserAccess.NONE, objects.subList(0, 12)),
                  new Region(
                      "user heap", 0x8000, 0x4000, UserAccess.WRITE, objects.subList(12, 24))));
      report.step(step == 0 ? null : ReportOfThreads.action("Step", "t0"), picture);
    }
    return report;
  }

  private static MemoryObject object(int index, int value) {
    return new MemoryObject(
        "O" + index,
        "struct schedule_data",
        0x1000 + 0x100L * index,
        0x40,
        Life.LIVE,
        false,
        List.of(
            new Word("list.next", "O" + (index + 1) % 24, "O" + (index + 1) % 24, false),
            new Word("list.prev", "O" + (index + 23) % 24, "O" + (index + 23) % 24, false),
            new Word("type", Integer.toString(value), null, false)));
  }
}
