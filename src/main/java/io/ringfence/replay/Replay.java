package io.ringfence.replay;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.trace.ActionCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a trace on the firmware.
 *
 * @param steps the steps replayed, the initial state first; ends at the first difference
 * @param total steps in the trace
 */
public record Replay(List<Step> steps, int total) {

  /** Whether the firmware went through exactly the states of the trace. */
  public boolean reproduced() {
    return steps.size() == total && steps.stream().allMatch(Step::agrees);
  }

  /** Whether the firmware left the trace, and so where; null if it reproduced the trace. */
  public @Nullable Step parting() {
    return steps.stream().filter(step -> !step.agrees()).findFirst().orElse(null);
  }

  /**
   * One step.
   *
   * @param index position in the trace, from 0
   * @param action the action that led here; null for the initial state
   * @param refused whether the firmware refused the action
   * @param changes the spec's variables that changed, as paths with old and new value
   * @param differences firmware against trace, variable by variable; empty if they agree
   * @param fault what the firmware says about a fault or a refusal; may be empty
   * @param memory the firmware's memory after the step, or null if it was not asked for
   * @param threads its threads after the step, or null if they were not asked for or are not
   *     several
   */
  public record Step(
      int index,
      @Nullable ActionCall action,
      boolean refused,
      List<String> changes,
      List<String> differences,
      String fault,
      @Nullable MemoryPicture memory,
      @Nullable ThreadPicture threads) {

    /** Whether firmware and trace agree on this step. */
    public boolean agrees() {
      return !refused && differences.isEmpty();
    }
  }
}
