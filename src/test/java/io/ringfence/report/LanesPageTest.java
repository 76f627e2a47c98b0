package io.ringfence.report;

import static io.ringfence.report.ReportOfThreads.action;
import static io.ringfence.report.ReportOfThreads.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Counter;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a counterexample of several threads. */
class LanesPageTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'&amp;\u202Eevil\u202C";

  @TempDir private Path folder;

  private Document page(ReportOfThreads report) throws IOException {
    return Jsoup.parse(report.write(folder));
  }

  @Test
  void theLanesAreATableWithHeadings() throws IOException {
    Document page = page(ReportOfThreads.tickAndClient());
    Element table = page.select(".lanes table").first();
    assertThat(table).isNotNull();
    assertThat(table.select("caption")).hasSize(1);
    assertThat(table.select("thead th[scope=col]").eachText())
        .containsExactly(
            "step",
            "timer core 0, interrupt",
            "ll0 core 0, user",
            "ipc core 0, kernel",
            "c1 core 1, kernel and user",
            "tasks of LL_TIMER@0",
            "temporary list",
            "counters that changed");
    assertThat(table.select("tbody th[scope=row] a").eachAttr("href"))
        .hasSize(11)
        .startsWith("#step-0", "#step-1");
    for (Element row : table.select("tr")) {
      assertThat(row.children()).as(row.text()).hasSize(8);
    }
  }

  @Test
  void aStepIsInTheLaneOfItsThread() throws IOException {
    Element row = page(ReportOfThreads.tickAndClient()).select("tr[data-step=6]").first();
    assertThat(row).isNotNull();
    Element cell = row.select("td.actor").first();
    assertThat(cell).isNotNull();
    assertThat(cell.elementSiblingIndex()).isEqualTo(3);
    assertThat(cell.text())
        .isEqualTo(
            "F1_Lock(ipc, t1) blocked by the LL lock at F1_Lock in pipeline_free ›"
                + " zephyr_ll_task_free waits for LL lock");
    assertThat(cell.hasClass("BLOCKED")).isTrue();
    assertThat(row.select(".bar.MUTEX")).hasSize(1);
    assertThat(row.select(".bar.WANTED")).hasSize(1);
  }

  @Test
  void nobodyTakesTheStepToTheInitialState() throws IOException {
    ThreadPicture idle =
        new ThreadPicture(
            List.of(new Lane("a", "", Mode.USER, Status.IDLE, "", "", List.of())),
            List.of(),
            List.of(),
            List.of(),
            null);
    Document page = page(new ReportOfThreads().step(null, "", idle).step(action("X"), "", idle));
    assertThat(page.select("tr[data-step=0] .act")).isEmpty();
    assertThat(page.select("tr[data-step=1] td:not(.lane) .act").text()).isEqualTo("X");
  }

  @Test
  void aPageWithoutThreadsHasNoLanes() throws Exception {
    Path report = ReportOfTwoModels.get().folder();
    assertThat(Jsoup.parse(report.resolve("index.html")).select(".lanes")).isEmpty();
    ReportOfThreads none =
        new ReportOfThreads().step(null, "", null).step(action("Next", "a"), "", null);
    assertThat(page(none).select(".lanes, #lanes")).isEmpty();
    assertThat(page(none).select("dl.facts").text()).contains("so there are no lanes");
    assertThat(page(ReportOfThreads.tickAndClient()).select("dl.facts").text())
        .doesNotContain("no lanes");
  }

  @Test
  void hostileTextIsShownAsText() throws IOException {
    String name = HOSTILE + "x".repeat(2000);
    ThreadPicture picture =
        new ThreadPicture(
            List.of(
                new Lane(
                    name, HOSTILE, Mode.USER, Status.WAITING, HOSTILE, HOSTILE, List.of(name))),
            List.of(new Lock(name, LockKind.MUTEX, name, 1, List.of())),
            List.of(new ItemList(name, List.of(new Item(name, HOSTILE)), HOSTILE)),
            List.of(new Counter(name, HOSTILE)),
            name);
    ThreadPicture after =
        new ThreadPicture(picture.lanes(), List.of(), List.of(), picture.counters(), name);
    Document page =
        page(
            new ReportOfThreads()
                .step(null, "", picture)
                .step(action(HOSTILE, name), HOSTILE, after));
    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("[onerror], img")).isEmpty();
    Element table = page.select(".lanes table").first();
    assertThat(table).isNotNull();
    for (String place :
        List.of(
            "thead th",
            ".act",
            ".note",
            ".status",
            ".at",
            ".calls",
            ".chip",
            ".counter",
            ".lock",
            ".broken")) {
      assertThat(table.select(place).text())
          .as(place)
          .contains("<script>alert(1)</script>\"'&amp;");
    }
    assertThat(table.select("tr[data-step=1] td.actor")).hasSize(1);
  }

  @Test
  void aTraceOfAThousandStepsStaysSmall() throws IOException {
    Document page = page(longTrace());
    assertThat(page.select(".lanes tbody tr")).hasSize(1001);
    assertThat(page.select(".lanes td.actor")).hasSize(1000);
    assertThat(page.select(".lanes").outerHtml().length()).isLessThan(6_000_000);
  }

  /** Six threads take turns for a thousand steps. */
  static ReportOfThreads longTrace() {
    ReportOfThreads report = new ReportOfThreads();
    for (int i = 0; i <= 1000; i++) {
      report.step(i == 0 ? null : action("Step", "t" + i % 6), "", turn(i));
    }
    return report;
  }

  private static ThreadPicture turn(int step) {
    List<Lane> lanes =
        List.of(0, 1, 2, 3, 4, 5).stream()
            .map(
                i ->
                    new Lane(
                        "t" + i,
                        Integer.toString(i % 2),
                        Mode.KERNEL,
                        i == step % 6 ? Status.RUNNING : Status.READY,
                        "",
                        "L" + (step + 5 - i) / 6 % 9,
                        List.of("zephyr_ll_run")))
            .toList();
    return new ThreadPicture(
        lanes,
        List.of(ReportOfThreads.mutex("t" + step / 3 % 6, 1, "t" + (step / 3 + 1) % 6)),
        List.of(
            list("main", "a queued", "b queued", step % 2 == 0 ? "c queued" : "d queued"),
            list("temporary list")),
        List.of(),
        null);
  }
}
