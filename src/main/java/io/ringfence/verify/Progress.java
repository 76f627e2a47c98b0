package io.ringfence.verify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a check has come.
 *
 * @param states states whose steps are all known
 * @param expected as many as there should be in the end, by the manifest
 * @param queue states that were found and wait
 * @param elapsed time since the check began
 */
public record Progress(long states, long expected, long queue, Duration elapsed) {
  /** Progress now of a check that began at a time of {@link System#nanoTime()}. */
  public static Progress since(long started, long states, long expected, long queue) {
    return new Progress(states, expected, queue, Duration.ofNanos(System.nanoTime() - started));
  }

  /** States a second, on average; 0 before there is any. */
  public long rate() {
    return states * 1000 / Math.max(1, elapsed.toMillis());
  }

  /** How long it goes on at this rate; null if that cannot be told. */
  public @Nullable Duration left() {
    return states > 0 && states <= expected
        ? elapsed.multipliedBy(expected - states).dividedBy(states)
        : null;
  }
}
