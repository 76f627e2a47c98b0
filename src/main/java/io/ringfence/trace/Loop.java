package io.ringfence.trace;

import org.jspecify.annotations.Nullable;

/**
 * How a trace goes on for ever.
 *
 * @param start the index of the state to which the last one leads back; that of the last one itself
 *     if nothing happens any more
 * @param action the step back; {@code null} if nothing happens any more, or if unknown
 */
public record Loop(int start, @Nullable ActionCall action) {

  /** Whether nothing happens any more after the last state of a trace, whose index is given. */
  public boolean stutters(int last) {
    return action == null && start == last;
  }

  /** How a trace goes on after its last state, whose index is given, for a person. */
  public String ending(int last) {
    return stutters(last)
        ? "after step " + last + " nothing happens, for ever"
        : "back to step " + start + ", for ever";
  }
}
