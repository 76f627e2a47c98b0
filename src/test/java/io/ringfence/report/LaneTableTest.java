package io.ringfence.report;

import static io.ringfence.report.ReportOfThreads.action;
import static io.ringfence.report.ReportOfThreads.lane;
import static io.ringfence.report.ReportOfThreads.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.replay.Replay;
import io.ringfence.report.LaneTable.Cell;
import io.ringfence.report.LaneTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTableTest {
  private static final int TIMER = 0;
  private static final int TICK = 1;
  private static final int CLIENT = 2;
  private static final int OTHER = 3;

  private final LaneTable table = ReportOfThreads.tickAndClient().table();

  private Row row(int index) {
    return table.rows().get(index);
  }

  private Cell cell(int row, int column) {
    return row(row).cells().get(column);
  }

  private static ThreadPicture lanes(Lane... lanes) {
    return new ThreadPicture(List.of(lanes), List.of(), List.of(), List.of(), null);
  }

  private static ThreadPicture locked(Lock lock, Lane... lanes) {
    return new ThreadPicture(List.of(lanes), List.of(lock), List.of(), List.of(), null);
  }

  private static Lane kernel(String name, String core, String label) {
    return lane(name, core, Mode.KERNEL, Status.READY, label);
  }

  @Test
  void thereIsAColumnForEachThreadOnACore() {
    assertThat(table.columns())
        .extracting(LaneTable.Column::thread)
        .containsExactly("timer", "ll0", "ipc", "c1");
    assertThat(table.columns().get(OTHER).core()).isEqualTo("1");
    assertThat(table.columns().get(OTHER).modes()).containsExactly(Mode.KERNEL, Mode.USER);
    assertThat(table.columns()).extracting(LaneTable.Column::bars).containsExactly(1, 1, 1, 1);
  }

  @Test
  void aThreadThatMovesToAnotherCoreGetsAnotherColumn() {
    LaneTable moved =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("t", "0", "A")))
            .step(action("Migrate", "t"), "", lanes(kernel("t", "1", "A")))
            .step(action("Exit", "t"), "", lanes(kernel("other", "0", "A")))
            .table();
    assertThat(moved.columns()).extracting(LaneTable.Column::core).startsWith("0", "1");
    assertThat(moved.rows()).extracting(Row::actor).containsExactly(-1, 1, 1);
    assertThat(moved.rows().get(1).cells().get(0).status().text()).isEqualTo("gone");
    assertThat(moved.rows().get(1).cells().get(1).status().text()).isEqualTo("ready");
  }

  @Test
  void theFirmwareSaysWhichThreadTookAStep() {
    assertThat(table.rows())
        .extracting(Row::actor)
        .containsExactly(-1, TIMER, TIMER, TICK, OTHER, TICK, CLIENT, TICK, TICK, TICK, CLIENT);
    assertThat(table.outside()).isFalse();
    Lane[] lanes = {kernel("a", "0", "A1"), kernel("b", "0", "B1")};
    LaneTable told =
        new ReportOfThreads()
            .step(null, "", lanes(lanes))
            .step(action("Free", "x"), "", by("b", lanes))
            .step(action("Free", "a"), "", by("b", lanes))
            .step(action("Tick"), "", lanes(lanes))
            .table();
    assertThat(told.rows()).extracting(Row::actor).containsExactly(-1, 1, 1, -1);
    assertThat(told.outside()).isTrue();
  }

  private static ThreadPicture by(String actor, Lane... lanes) {
    return new ThreadPicture(List.of(lanes), List.of(), List.of(), List.of(), actor);
  }

  @Test
  void aStepThatTheFirmwareRefusesIsOfTheThreadThatTheActionNames() {
    Lane[] lanes = {kernel("a", "0", "A1"), kernel("b", "0", "B1")};
    LaneTable refused =
        new ReportOfThreads()
            .step(null, "", lanes(lanes))
            .refused(action("Free", "x", "a"), by("b", lanes))
            .table();
    assertThat(refused.rows()).extracting(Row::actor).containsExactly(-1, 0);
  }

  @Test
  void aCallThatIsOverIsSaidEachTime() {
    Lane called = new Lane("a", "0", Mode.KERNEL, Status.IDLE, "", "", List.of("f", "g"));
    LaneTable twice =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("a", "0", "")))
            .step(action("F", "a"), "", lanes(called))
            .step(action("F", "a"), "", lanes(called))
            .table();
    assertThat(twice.rows().subList(1, 3))
        .extracting(row -> row.cells().get(0).calls())
        .containsExactly(
            new LaneTable.Said("called f › g", true), new LaneTable.Said("called f › g", true));
  }

  @Test
  void aStepThatEndsItsThreadIsStillInItsLane() {
    LaneTable ended =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("a", "0", "A1"), kernel("b", "0", "B1")))
            .step(action("Exit", "b"), "", lanes(kernel("a", "0", "A1")))
            .table();
    assertThat(ended.rows().get(1).actor()).isEqualTo(1);
  }

  @Test
  void onlyWhatIsNewsOfAThreadIsSaidAloud() {
    assertThat(cell(5, TICK).status()).isEqualTo(new LaneTable.Said("running", false));
    assertThat(cell(5, TICK).label()).isEqualTo(new LaneTable.Said("R2d_Run", true));
    assertThat(cell(5, TICK).calls()).isEqualTo(new LaneTable.Said("in zephyr_ll_run", false));
    assertThat(cell(6, CLIENT).status())
        .isEqualTo(new LaneTable.Said("blocked by the LL lock", true));
    assertThat(cell(6, CLIENT).calls().text()).isEqualTo("in pipeline_free › zephyr_ll_task_free");
    assertThat(cell(10, CLIENT).tint()).isEqualTo("ABORTED");
  }

  @Test
  void aStatusIsSaidInWords() {
    assertThat(said(Status.WAITING, "the tick")).isEqualTo("waiting for the tick");
    assertThat(said(Status.ENDED, "not created")).isEqualTo("not created");
    assertThat(said(Status.ENDED, "")).isEqualTo("ended");
    assertThat(said(Status.ABORTED, "unmapped")).isEqualTo("aborted unmapped");
    assertThat(said(Status.UNFOLLOWED, "use after free"))
        .isEqualTo("use after free: not followed further");
    assertThat(said(Status.UNFOLLOWED, "")).isEqualTo("not followed further");
    assertThat(said(Status.HUNG, "interrupts masked"))
        .isEqualTo("endless loop with interrupts masked");
    assertThat(said(Status.HUNG, "")).isEqualTo("endless loop");
  }

  private static String said(Status status, String detail) {
    Lane lane = new Lane("a", "0", Mode.KERNEL, status, detail, "", List.of());
    LaneTable table = new ReportOfThreads().step(null, "", lanes(lane)).table();
    return table.rows().get(0).cells().get(0).status().text();
  }

  @Test
  void aBarRunsDownTheLaneOfTheOwnerAsLongAsItHoldsTheLock() {
    for (int i = 0; i < table.rows().size(); i++) {
      boolean held = cell(i, TICK).bars().stream().anyMatch(bar -> bar.hold() == LockBar.Hold.HELD);
      assertThat(held).as("step " + i).isEqualTo(i >= 3 && i <= 8);
    }
    assertThat(bar(3, TICK).begins()).isTrue();
    assertThat(bar(3, TICK).ends()).isFalse();
    assertThat(bar(7, TICK).depth()).isEqualTo(2);
    assertThat(bar(7, TICK).begins()).isFalse();
    assertThat(bar(8, TICK).ends()).isTrue();
  }

  private LockBar bar(int row, int column) {
    return cell(row, column).bars().get(0);
  }

  @Test
  void takingWaitingAndReleasingIsSaid() {
    assertThat(bar(3, TICK).text()).isEqualTo("takes LL lock");
    assertThat(bar(4, TICK))
        .extracting(LockBar::text, LockBar::news)
        .containsExactly("holds LL lock", false);
    assertThat(bar(7, TICK).text()).isEqualTo("takes LL lock again (2 deep)");
    assertThat(bar(8, TICK).text()).isEqualTo("releases LL lock once");
    assertThat(bar(9, TICK).text()).isEqualTo("releases LL lock");
    assertThat(bar(9, TICK).hold()).isEqualTo(LockBar.Hold.FREE);
    assertThat(bar(6, CLIENT).text()).isEqualTo("waits for LL lock");
    assertThat(bar(9, CLIENT).text()).isEqualTo("gets LL lock");
    assertThat(table.locks()).containsExactly(LockKind.values());
  }

  @Test
  void aLockOfAThreadThatIsNoMoreIsNotHidden() {
    LaneTable orphaned =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("a", "0", "A1"), kernel("b", "0", "B1")))
            .step(
                action("Abort", "a", "b"),
                "",
                locked(ReportOfThreads.mutex("b", 1), kernel("a", "0", "A2")))
            .table();
    assertThat(orphaned.outside()).isTrue();
    assertThat(orphaned.rows().get(1).orphans())
        .containsExactly("LL lock is held by b, who is not there");
  }

  @Test
  void whatChangedInAListIsMarked() {
    assertThat(chips(4, 0)).containsExactly("t1 SAME", "t2 SAME");
    assertThat(chips(5, 0)).containsExactly("t2 SAME", "t1 GONE");
    assertThat(chips(5, 1)).containsExactly("t1 NEW");
    assertThat(chips(8, 1)).containsExactly("t1 GONE");
    assertThat(row(10).lists().get(0).broken()).isEqualTo("leads into dead memory");
    assertThat(row(10).lists().get(0).news()).isTrue();
  }

  private List<String> chips(int row, int list) {
    return row(row).lists().get(list).chips().stream()
        .map(chip -> chip.name() + " " + chip.change())
        .toList();
  }

  @Test
  void anotherStateAnotherOrderAndASecondVisitAreSeen() {
    ListCell state = ListCell.of(list("l", "a idle", "b"), list("l", "a", "b"));
    assertThat(state.chips().get(0).change()).isEqualTo(ListCell.Change.CHANGED);
    assertThat(state.moved()).isFalse();
    assertThat(ListCell.of(list("l", "b", "a"), list("l", "a", "b")).moved()).isTrue();
    ListCell twice = ListCell.of(list("l", "a", "b", "a"), list("l", "a", "b"));
    assertThat(twice.chips())
        .extracting(ListCell.Chip::change)
        .containsExactly(ListCell.Change.SAME, ListCell.Change.SAME, ListCell.Change.NEW);
    assertThat(ListCell.of(list("l", "a"), null).chips().get(0).change())
        .isEqualTo(ListCell.Change.SAME);
    ItemList cycle = new ItemList("l", List.of(), "cycle");
    assertThat(ListCell.of(cycle, cycle).news()).isFalse();
  }

  @Test
  void countersAreSaidWhenTheyChange() {
    assertThat(row(0).counters()).hasSize(1);
    assertThat(row(1).counters()).isEmpty();
    assertThat(row(8).counters()).containsExactly(new ThreadPicture.Counter("n_tasks", "1"));
  }

  @Test
  void aFaultALoopAndTheEndOfTheFirmwaresWayAreNoted() {
    assertThat(row(10).notes())
        .containsExactly("the kernel follows a pointer into memory that is free");
    ReportOfThreads parted =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("a", "0", "A1")))
            .unreached(action("Next", "a"))
            .loop(0, action("Again", "a"));
    LaneTable half = parted.table();
    assertThat(half.rows().get(1).actor()).isZero();
    assertThat(half.rows().get(1).lists()).isEmpty();
    assertThat(half.rows().get(1).notes()).isEmpty();
    assertThat(half.rows().get(2).action()).isEqualTo("Again(a)");
    assertThat(half.rows().get(2).notes()).containsExactly("back to step 0, for ever");
  }

  @Test
  void theStepBackHasARowWithWhatItChanges() {
    ReportOfThreads report =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("a", "0", "A1")))
            .step(action("Next", "a"), "", lanes(kernel("a", "0", "A2")))
            .loop(0, action("Again", "a"), List.of(), by("a", kernel("a", "0", "A1")));
    LaneTable.Row back = report.table().rows().get(2);
    assertThat(back.index()).isEqualTo(2);
    assertThat(back.action()).isEqualTo("Again(a)");
    assertThat(back.actor()).isZero();
    assertThat(back.cells().get(0).label()).isEqualTo(new LaneTable.Said("A1", true));
    assertThat(back.notes()).containsExactly("back to step 0, for ever");
  }

  @Test
  void aFirmwareThatDoesNotComeBackIsNoted() {
    ReportOfThreads report =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("a", "0", "A1")))
            .loop(0, action("Again", "a"), List.of("n: 0 -> 1"), lanes(kernel("a", "0", "A1")));
    assertThat(report.table().rows().get(1).notes())
        .containsExactly("the firmware leaves the trace", "back to step 0, for ever");
  }

  @Test
  void thatNothingHappensIsNotedAtTheLastStep() {
    LaneTable table =
        new ReportOfThreads()
            .step(null, "", lanes(kernel("a", "0", "A1")))
            .step(action("Next", "a"), "", lanes(kernel("a", "0", "A2")))
            .stutters()
            .table();
    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows().get(0).notes()).isEmpty();
    assertThat(table.rows().get(1).notes())
        .containsExactly("after step 1 nothing happens, for ever");
  }

  @Test
  void firmwareThatDrawsNoThreadsHasNoLanes() {
    ReportOfThreads none = new ReportOfThreads().unreached(action("Next"));
    assertThat(LaneTableBuilder.build(none.trace(), new Replay(List.of(), 1, null))).isNull();
  }
}
