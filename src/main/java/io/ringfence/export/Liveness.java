package io.ringfence.export;

import java.util.ArrayList;
import java.util.List;

/**
 * What a test asks where the trace goes on for ever: to come there is no violation yet. The hooks
 * stop nobody any more, and what the trace awaits in vain has some time to happen.
 */
final class Liveness {
  private static final String WITHIN = " within %d ms\", RINGFENCE_LIVENESS_MS);";

  private final String property;
  private final List<String> awaited = new ArrayList<>();

  Liveness(String property) {
    this.property = property;
  }

  /** A call of a thread of the test should return, whichever way it takes. */
  void call(String thread, int number) {
    awaited.add(
        "zassert_true(ringfence_returns("
            + number
            + "), \""
            + property
            + " is violated: the call of "
            + thread
            + " did not end"
            + WITHIN);
  }

  /** The thread that the test did not create should go on from where the trace ends. */
  void otherThread(String thread) {
    change("ringfence_stands()", thread + " did not go on");
  }

  /** A condition that holds where the trace ends should not last. */
  void change(String condition, String missing) {
    awaited.add("RINGFENCE_WAIT_WHILE(" + condition + ");");
    awaited.add(
        "zassert_false(ringfence_came_to_end() && "
            + condition
            + ", \""
            + property
            + " is violated: "
            + missing
            + WITHIN);
  }

  /** The statements; a test that can see nothing of what should happen leaves it to a person. */
  List<String> verdict() {
    List<String> lines = new ArrayList<>(Verdicts.skippedWithoutHooks());
    if (awaited.isEmpty()) {
      lines.add("/* What should happen shows in nothing that this test sees. */");
      lines.add("if (followed) {");
      lines.add("\tTC_PRINT(\"what happens from here on is for you to check\\n\");");
      lines.add("\tztest_test_skip();");
      lines.add("}");
      return lines;
    }
    lines.add("ARG_UNUSED(followed);");
    lines.addAll(awaited);
    return lines;
  }
}
