package io.ringfence.replay;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.trace.ActionCall;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a trace on the firmware.
 *
 * @param steps the steps replayed, the initial state first; ends at the first difference
 * @param total steps in the trace
 * @param loop how it goes on for ever at the end of the trace; null if the trace does not, or if
 *     the firmware left it before
 * @param start trace against firmware, in the initial state of another design: what is not compared
 *     in the steps that follow; empty on the design that the trace is of
 */
public record Replay(List<Step> steps, int total, @Nullable Loop loop, List<String> start) {

  /** What became of a trace on the design that it is of, which starts as the trace does. */
  public Replay(List<Step> steps, int total, @Nullable Loop loop) {
    this(steps, total, loop, List.of());
  }

  /**
   * The end of a trace that has none.
   *
   * @param start the index of the state to which the trace leads back; that of the last one if
   *     nothing happens any more
   * @param step the step back; null if nothing happens any more. That nothing has to happen there
   *     is TLC's judgment on the fairness of the spec: the firmware is not asked
   */
  public record Loop(int start, @Nullable Step step) {}

  /** What the firmware did: the steps of the trace, and the one that leads back if there is one. */
  public List<Step> way() {
    return loop == null || loop.step() == null
        ? steps
        : Stream.concat(steps.stream(), Stream.of(loop.step())).toList();
  }

  /**
   * Whether the firmware went through exactly the states of the trace, and came back to where its
   * loop begins if it has one.
   */
  public boolean reproduced() {
    return start.isEmpty() && steps.size() == total && way().stream().allMatch(Step::agrees);
  }

  /** Whether the firmware left the trace, and so where; null if it took all steps. */
  public @Nullable Step parting() {
    return way().stream().filter(step -> !step.agrees()).findFirst().orElse(null);
  }

  /** Where the firmware left the trace, for a person. */
  public String place(Step parting) {
    return "step "
        + parting.index()
        + (loop != null && parting.index() == total
            ? ", which leads back to step " + loop.start()
            : "");
  }

  /** How the firmware goes on for ever, for a person; empty if the trace ends. */
  public String ending() {
    if (loop == null) {
      return "";
    }
    return loop.step() == null
        ? "stays there, for ever"
        : "goes back to step " + loop.start() + ", for ever";
  }

  /**
   * One step.
   *
   * @param index position in the trace, from 0; that after the last for the step of a loop back
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
