package io.ringfence.report;

import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Counter;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.replay.Replay;
import io.ringfence.report.LaneTable.Cell;
import io.ringfence.report.LaneTable.Column;
import io.ringfence.report.LaneTable.Row;
import io.ringfence.report.LaneTable.Said;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the threads of a trace into a table, comparing each step with the one before. */
final class LaneTableBuilder {
  /** Before the functions of a call that was made in one step, and is over. */
  static final String CALLED = "called ";

  private final Trace trace;
  private final List<TraceState> path;
  private final List<Replay.Step> way;
  private final List<ThreadPicture> pictures;
  private final List<Column> columns;
  private final List<List<Lock>> locks;
  private final List<String> lists;

  private LaneTableBuilder(Trace trace, Replay replay) {
    this.trace = trace;
    this.path = trace.path();
    this.way = replay.way();
    this.pictures = way.stream().map(Replay.Step::threads).filter(Objects::nonNull).toList();
    this.columns = columns(pictures);
    this.locks = columns.stream().map(column -> LockBar.of(pictures, column.thread())).toList();
    this.lists =
        pictures.stream()
            .flatMap(picture -> picture.lists().stream())
            .map(ItemList::name)
            .distinct()
            .toList();
  }

  /** Makes the table of a trace; null if the firmware drew no threads. */
  static @Nullable LaneTable build(Trace trace, Replay replay) {
    LaneTableBuilder builder = new LaneTableBuilder(trace, replay);
    return builder.columns.isEmpty() ? null : builder.build();
  }

  private static List<Column> columns(List<ThreadPicture> pictures) {
    Map<Column, Set<Mode>> modes = new LinkedHashMap<>();
    for (ThreadPicture picture : pictures) {
      for (Lane lane : picture.lanes()) {
        modes
            .computeIfAbsent(
                new Column(lane.name(), lane.core(), Set.of(), 0),
                column -> EnumSet.noneOf(Mode.class))
            .add(lane.mode());
      }
    }
    return modes.entrySet().stream()
        .map(
            entry -> {
              String thread = entry.getKey().thread();
              int bars = LockBar.of(pictures, thread).size();
              return new Column(thread, entry.getKey().core(), entry.getValue(), bars);
            })
        .toList();
  }

  private LaneTable build() {
    List<Row> rows = new ArrayList<>();
    for (TraceState state : path) {
      rows.add(row(state));
    }
    return new LaneTable(
        columns,
        lists,
        rows.stream().anyMatch(LaneTableBuilder::needsOutside),
        pictures.stream().anyMatch(picture -> !picture.counters().isEmpty()),
        statuses(),
        kinds(),
        rows);
  }

  private static boolean needsOutside(Row row) {
    boolean homeless = row.actor() < 0 && !(row.action().isEmpty() && row.notes().isEmpty());
    return homeless || !row.orphans().isEmpty();
  }

  private Set<Status> statuses() {
    Set<Status> found = EnumSet.noneOf(Status.class);
    pictures.forEach(picture -> picture.lanes().forEach(lane -> found.add(lane.status())));
    return found;
  }

  private Set<LockKind> kinds() {
    Set<LockKind> found = EnumSet.noneOf(LockKind.class);
    locks.forEach(lane -> lane.forEach(lock -> found.add(lock.kind())));
    return found;
  }

  private Row row(TraceState state) {
    int index = state.index();
    ThreadPicture now = picture(index);
    ThreadPicture before = picture(index - 1);
    ActionCall action = state.action();
    return new Row(
        index,
        action == null ? "" : action.toString(),
        action == null ? -1 : new Actor(columns, before, isTaken(index) ? now : null).of(action),
        cells(index, before, now),
        now == null ? List.of() : listCells(before, now),
        now == null ? List.of() : counters(before, now),
        notes(index),
        now == null ? List.of() : orphans(now));
  }

  private boolean isTaken(int index) {
    return index < way.size() && !way.get(index).refused();
  }

  private @Nullable ThreadPicture picture(int index) {
    Replay.Step step = index < 0 ? null : step(index);
    return step == null ? null : step.threads();
  }

  private Replay.@Nullable Step step(int index) {
    return index < way.size() ? way.get(index) : null;
  }

  private List<Cell> cells(int index, @Nullable ThreadPicture before, @Nullable ThreadPicture now) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Lane is = lane(columns.get(i), now);
      Lane was = lane(columns.get(i), before);
      boolean gone = now != null && is == null && was != null;
      cells.add(
          now == null || is == null
              ? absent(gone ? "gone" : "")
              : cell(is, was, bars(i, before, now, picture(index + 1))));
    }
    return cells;
  }

  private static Cell absent(String text) {
    return new Cell("", Said.of(text, ""), Said.NOTHING, Said.NOTHING, List.of());
  }

  private static Cell cell(Lane is, @Nullable Lane was, List<LockBar> bars) {
    return new Cell(
        is.status().name(),
        Said.of(status(is), was == null ? null : status(was)),
        Said.of(is.label(), was == null ? null : was.label()),
        is.status() == Status.IDLE
            ? new Said(calls(is), !is.calls().isEmpty())
            : Said.of(calls(is), was == null ? null : calls(was)),
        bars);
  }

  private static String status(Lane lane) {
    String status = lane.status().text();
    String detail = lane.detail();
    if (detail.isEmpty()) {
      return status;
    }
    return switch (lane.status()) {
      case WAITING -> status + " for " + detail;
      case BLOCKED -> status + " by " + detail;
      case HUNG -> status + " with " + detail;
      case UNFOLLOWED -> detail + ": " + status;
      case ENDED -> detail;
      default -> status + " " + detail;
    };
  }

  private static String calls(Lane lane) {
    String how = lane.status() == Status.IDLE ? CALLED : "in ";
    return lane.calls().isEmpty() ? "" : how + String.join(" \u203a ", lane.calls());
  }

  private static @Nullable Lane lane(Column column, @Nullable ThreadPicture picture) {
    return picture == null
        ? null
        : picture.lanes().stream().filter(column::is).findFirst().orElse(null);
  }

  private List<LockBar> bars(
      int column,
      @Nullable ThreadPicture before,
      ThreadPicture now,
      @Nullable ThreadPicture after) {
    List<LockBar> bars = new ArrayList<>();
    List<Lock> wanted = locks.get(column);
    for (int i = 0; i < wanted.size(); i++) {
      LockBar bar = LockBar.of(i, wanted.get(i), columns.get(column).thread(), before, now, after);
      if (bar.hold() != LockBar.Hold.FREE || bar.news()) {
        bars.add(bar);
      }
    }
    return bars;
  }

  private List<ListCell> listCells(@Nullable ThreadPicture before, ThreadPicture now) {
    return lists.stream()
        .map(
            name -> {
              ItemList list = list(name, now);
              return list == null ? ListCell.NONE : ListCell.of(list, list(name, before));
            })
        .toList();
  }

  private static @Nullable ItemList list(String name, @Nullable ThreadPicture picture) {
    return picture == null
        ? null
        : picture.lists().stream()
            .filter(list -> list.name().equals(name))
            .findFirst()
            .orElse(null);
  }

  private static List<Counter> counters(@Nullable ThreadPicture before, ThreadPicture now) {
    return now.counters().stream()
        .filter(counter -> before == null || !before.counters().contains(counter))
        .toList();
  }

  private static List<String> orphans(ThreadPicture now) {
    return now.locks().stream()
        .filter(lock -> lock.owner() != null)
        .filter(lock -> now.lanes().stream().noneMatch(lane -> lane.name().equals(lock.owner())))
        .map(lock -> lock.name() + " is held by " + lock.owner() + ", who is not there")
        .toList();
  }

  private List<String> notes(int index) {
    Replay.Step step = step(index);
    String ending = index == path.size() - 1 ? trace.ending() : "";
    return Stream.of(
            step == null ? "" : step.fault(),
            step == null || step.agrees() ? "" : "the firmware leaves the trace",
            ending)
        .filter(note -> !note.isEmpty())
        .toList();
  }
}
