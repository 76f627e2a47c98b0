package io.ringfence.report;

import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.report.LaneTable.Column;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.StringValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the thread that took a step: the first one that the action names, else the only one that is
 * at another label than before.
 */
record Actor(List<Column> columns, @Nullable ThreadPicture before, @Nullable ThreadPicture now) {

  /** The column of the thread that took the step, or -1. */
  int of(ActionCall action) {
    return action.arguments().values().stream()
        .filter(StringValue.class::isInstance)
        .map(name -> column(((StringValue) name).value()))
        .filter(column -> column >= 0)
        .findFirst()
        .orElseGet(this::onlyOneMoved);
  }

  private int column(String thread) {
    return lane(now, thread)
        .or(() -> lane(before, thread))
        .map(
            lane ->
                IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).is(lane))
                    .findFirst()
                    .orElse(-1))
        .orElseGet(
            () ->
                IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).thread().equals(thread))
                    .findFirst()
                    .orElse(-1));
  }

  private static Optional<Lane> lane(@Nullable ThreadPicture picture, String thread) {
    return picture == null
        ? Optional.empty()
        : picture.lanes().stream().filter(lane -> lane.name().equals(thread)).findFirst();
  }

  private int onlyOneMoved() {
    if (before == null || now == null) {
      return -1;
    }
    List<Lane> moved = now.lanes().stream().filter(lane -> !sameLabel(lane, before)).toList();
    return moved.size() == 1 ? column(moved.get(0).name()) : -1;
  }

  private static boolean sameLabel(Lane lane, ThreadPicture before) {
    return before.lanes().stream()
        .anyMatch(was -> was.name().equals(lane.name()) && was.label().equals(lane.label()));
  }
}
