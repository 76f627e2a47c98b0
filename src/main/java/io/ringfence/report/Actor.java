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
 * Finds the thread that took a step: the firmware says which. Of a step that the firmware did not
 * take, it is the first thread that the action names.
 *
 * @param before the threads before the step
 * @param now those after it; null if the firmware did not take it
 */
record Actor(List<Column> columns, @Nullable ThreadPicture before, @Nullable ThreadPicture now) {

  /** The column of the thread that took the step, or -1. */
  int of(ActionCall action) {
    if (now != null) {
      return now.actor() == null ? -1 : column(now.actor());
    }
    return action.arguments().values().stream()
        .filter(StringValue.class::isInstance)
        .map(name -> column(((StringValue) name).value()))
        .filter(column -> column >= 0)
        .findFirst()
        .orElse(-1);
  }

  /** A thread that is on several cores in the course of a trace has a column for each. */
  private int column(String thread) {
    return lane(now, thread)
        .or(() -> lane(before, thread))
        .map(lane -> IntStream.range(0, columns.size()).filter(i -> columns.get(i).is(lane)))
        .orElseGet(
            () ->
                IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).thread().equals(thread)))
        .findFirst()
        .orElse(-1);
  }

  private static Optional<Lane> lane(@Nullable ThreadPicture picture, String thread) {
    return picture == null
        ? Optional.empty()
        : picture.lanes().stream().filter(lane -> lane.name().equals(thread)).findFirst();
  }
}
