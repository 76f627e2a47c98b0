package io.ringfence.report;

import io.ringfence.replay.Replay;
import io.ringfence.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A counterexample of several threads as a sequence diagram of Mermaid: a step is a message of a
 * thread to itself, and to each list that it changes. Steps that happen again and again are in a
 * loop.
 */
public final class SequenceDiagram {
  private static final String OUTSIDE = "O";

  private final Trace trace;
  private final LaneTable table;
  private final List<String> lines = new ArrayList<>();

  SequenceDiagram(Trace trace, LaneTable table) {
    this.trace = trace;
    this.table = table;
  }

  /** Makes the diagram of a trace; null if the firmware drew no threads. */
  public static @Nullable SequenceDiagram of(Trace trace, Replay replay) {
    LaneTable table = LaneTableBuilder.build(trace, replay);
    return table == null ? null : new SequenceDiagram(trace, table);
  }

  /** The text, ready for a file or for a fenced block of Markdown. */
  public String text() {
    lines.clear();
    lines.add("sequenceDiagram");
    for (int i = 0; i < table.columns().size(); i++) {
      LaneTable.Column column = table.columns().get(i);
      String core = column.core().isEmpty() ? "" : ", core " + column.core();
      participant(thread(i), column.thread() + core);
    }
    if (table.outside()) {
      participant(OUTSIDE, "outside");
    }
    for (int i = 0; i < table.lists().size(); i++) {
      participant(list(i), table.lists().get(i));
    }
    boolean repeats = trace.loop().isPresent() && !trace.stutters();
    int start = repeats ? trace.loop().get().start() : Integer.MAX_VALUE;
    for (LaneTable.Row row : table.rows()) {
      if (row.index() - 1 == start) {
        lines.add("    loop for ever");
      }
      row(row);
    }
    if (repeats) {
      lines.add("    end");
    }
    return String.join("\n", lines) + "\n";
  }

  private void participant(String id, String name) {
    lines.add("    participant " + id + " as " + escaped(name));
  }

  private void row(LaneTable.Row row) {
    String actor = row.actor() < 0 ? (table.outside() ? OUTSIDE : thread(0)) : thread(row.actor());
    if (!row.action().isEmpty()) {
      message(actor, actor, row.index() + " " + row.action() + called(row));
      for (int i = 0; i < row.lists().size(); i++) {
        String changes = changes(row.lists().get(i));
        if (!changes.isEmpty()) {
          message(actor, list(i), changes);
        }
      }
    }
    row.notes().forEach(note -> lines.add("    Note over " + actor + ": " + escaped(note)));
  }

  /** What the thread called in this step, if the call is over. */
  private static String called(LaneTable.Row row) {
    String calls = row.actor() < 0 ? "" : row.cells().get(row.actor()).calls().text();
    return calls.startsWith(LaneTableBuilder.CALLED) ? ", " + calls : "";
  }

  private void message(String from, String to, String text) {
    lines.add("    " + from + "->>" + to + ": " + escaped(text));
  }

  private static String changes(ListCell cell) {
    List<String> changes = new ArrayList<>();
    for (ListCell.Chip chip : cell.chips()) {
      if (chip.change() != ListCell.Change.SAME) {
        String what = chip.change().name().toLowerCase(Locale.ROOT);
        changes.add(chip.name() + " " + what + (chip.state().isEmpty() ? "" : " " + chip.state()));
      }
    }
    if (cell.moved()) {
      changes.add("another order");
    }
    if (cell.news() && !cell.broken().isEmpty()) {
      changes.add("broken, " + cell.broken());
    }
    return String.join(", ", changes);
  }

  private static String thread(int column) {
    return "T" + column;
  }

  private static String list(int index) {
    return "L" + index;
  }

  /** Everything that Mermaid could take for syntax becomes a character code. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                escaped.append(' ');
              } else if (Character.isLetterOrDigit(c) || "_.,()+='|!".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append('#').append(c).append(';');
              }
            });
    // The word would close a block that was never opened.
    return escaped.toString().replaceAll("(?i)\\be(nd)\\b", "#101;$1");
  }
}
