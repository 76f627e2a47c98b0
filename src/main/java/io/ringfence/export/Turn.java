package io.ringfence.export;

import java.util.List;

/**
 * A step of an interleaving.
 *
 * @param thread who takes it; empty for what no thread does
 * @param label the action's name, which is the label in the source
 * @param comment the action with its arguments; empty for what is no step of the trace
 * @param inTest whether the test itself announces the step, not a hook in the code under test
 * @param code the statements that the thread's function has for it; those of a callback are not
 *     here
 */
record Turn(String thread, String label, String comment, boolean inTest, List<String> code) {
  /** A call whose steps are all announced by hooks, and begin with the next turn of the thread. */
  static Turn call(String thread, String function, List<String> code) {
    return new Turn(thread, function, "", true, code);
  }

  /** What the code under test does, and announces, without a step of the trace. */
  static Turn hook(String thread, String label) {
    return new Turn(thread, label, "", false, List.of());
  }

  /** Whether it is a step of the trace. */
  boolean isStep() {
    return !comment.isEmpty();
  }

  /** Whether a hook in the code under test announces it. */
  boolean isHook() {
    return !inTest && !thread.isEmpty();
  }
}
