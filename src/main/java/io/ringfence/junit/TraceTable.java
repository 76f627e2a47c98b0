package io.ringfence.junit;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueDiff;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trace as text: a row for each step, a column for each thread, and one for what the step
 * changed.
 *
 * <p>TLA+ knows no threads. By convention the first argument of an action is who takes the step: a
 * string, a model value or a number. If there are too many, or none, all actions are in one column.
 */
final class TraceTable {
  private static final int MOST_ACTORS = 8;
  private static final String GAP = "  ";

  private final Trace trace;
  private final List<String> actors;
  private final List<List<String>> rows = new ArrayList<>();

  private TraceTable(Trace trace, List<String> actors) {
    this.trace = trace;
    this.actors = actors;
  }

  static TraceTable of(Trace trace) {
    TreeSet<Value> found = new TreeSet<>();
    boolean others = false;
    for (TraceState state : trace.path()) {
      if (state.index() > 0) {
        Optional<Value> actor = actor(state.action());
        actor.ifPresent(found::add);
        others |= actor.isEmpty();
      }
    }
    List<String> actors = new ArrayList<>();
    if (found.size() <= MOST_ACTORS) {
      found.forEach(actor -> actors.add(text(actor)));
    }
    if (actors.isEmpty()) {
      actors.add("action");
    } else if (others) {
      actors.add("others");
    }
    return new TraceTable(trace, actors);
  }

  /** Return the lines, each with its line feed, and how the trace goes on if it has no end. */
  String text() {
    rows.clear();
    List<String> head = new ArrayList<>(List.of("step"));
    head.addAll(actors);
    head.add("changes");
    rows.add(head);
    trace.path().forEach(this::addRows);
    return render() + trace.ending();
  }

  /** A step has a row for each change, and the first of them has its number and its action. */
  private void addRows(TraceState state) {
    List<String> changes = new ArrayList<>();
    if (state.index() == 0) {
      state.values().forEach((variable, value) -> changes.add(variable + " = " + value));
    } else {
      ValueDiff.between(trace.states().get(state.index() - 1).values(), state.values())
          .forEach(change -> changes.add(change.toString()));
    }
    if (changes.isEmpty()) {
      changes.add("");
    }
    for (int i = 0; i < changes.size(); i++) {
      List<String> row = new ArrayList<>(Collections.nCopies(actors.size() + 2, ""));
      if (i == 0) {
        row.set(0, "%4d".formatted(state.index()));
        if (state.index() > 0) {
          row.set(
              1 + column(state.action()), state.action() == null ? "?" : state.action().toString());
        }
      }
      row.set(actors.size() + 1, changes.get(i));
      rows.add(row);
    }
  }

  private int column(@Nullable ActionCall action) {
    int found = actor(action).map(actor -> actors.indexOf(text(actor))).orElse(-1);
    return found >= 0 ? found : actors.size() - 1;
  }

  private String render() {
    List<Integer> widths = IntStream.range(0, actors.size() + 2).mapToObj(this::width).toList();
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(i == 0 ? "" : GAP).append(row.get(i));
        if (i < row.size() - 1) {
          line.append(" ".repeat(widths.get(i) - row.get(i).length()));
        }
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static Optional<Value> actor(@Nullable ActionCall action) {
    return action == null
        ? Optional.empty()
        : action.arguments().values().stream()
            .findFirst()
            .filter(value -> value instanceof StringValue || value instanceof IntValue);
  }

  private static String text(Value value) {
    return value instanceof StringValue name ? name.value() : value.toString();
  }
}
