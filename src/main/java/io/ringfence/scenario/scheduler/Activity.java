package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a thread is doing, as far as the scenario decides it. */
final class Activity {
  /** The calls in progress, innermost first: that of a step, or those of a callback. */
  final Deque<Call> calls = new ArrayDeque<>();

  /** The callback that it is in. */
  Callbacks.@Nullable Run run;

  /** Where it is suspended. */
  @Nullable String pausedAt;

  /** Whether the label that it is at is one that it was suspended before, and has to pass now. */
  boolean isPassing;

  /** Where it is to be suspended. */
  PausePoint.@Nullable Request pause;

  /** How often it locked the interrupts of its core. */
  int interruptLocks;

  /**
   * A call in progress.
   *
   * @param step the index of the step that began it
   * @param operation the step, or the operation of a callback
   * @param frame the frame that the thread is back at when the call has returned, 0 for none
   * @param outcome what the call returned, asked when it has
   */
  record Call(int step, JsonNode operation, int frame, Supplier<Outcome> outcome) {}
}
