package io.ringfence.export;

import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import java.util.ArrayList;
import java.util.List;

/** What the end of a test asks where no value in memory says enough. */
final class Verdicts {
  private Verdicts() {}

  /** The last state of a trace. */
  static TraceState end(Trace trace) {
    return trace.states().get(trace.states().size() - 1);
  }

  /** The value of a variable that is a string. */
  static String text(TraceState state, String variable) {
    if (state.values().get(variable) instanceof StringValue text) {
      return text.value();
    }
    throw new ExportException(variable + " should be a string, as in the spec");
  }

  /**
   * The code under test must not go the way of the trace, with the hooks, and end as it does.
   *
   * @param end conditions that hold where the trace ends
   */
  static List<String> anotherWay(String property, List<String> end) {
    List<String> lines = new ArrayList<>(skippedWithoutHooks());
    lines.add(
        "/* A repair shows as another way or end; one that shows in neither is for you to check. */");
    StringBuilder same = new StringBuilder("followed");
    end.forEach(condition -> same.append(" &&\n\t\t      ").append(condition));
    lines.add("zassert_false(" + same + ",\n\t\t      \"" + property + " is violated\");");
    return lines;
  }

  /** Without the hooks the test cannot tell. */
  static List<String> skippedWithoutHooks() {
    return List.of("if (!IS_ENABLED(RINGFENCE_HOOKS))", "\tztest_test_skip();");
  }

  /**
   * The code with the defect stops the kernel before the test is here, or has failed the check of
   * system calls, which tells a fault of the kernel from a call that is refused.
   */
  static List<String> survived(String how) {
    return List.of(end(how), "ARG_UNUSED(followed);");
  }

  /** Says that the code with the defect does not come to the end of the test. */
  static String end(String how) {
    return "/* The trace ends with '"
        + Plain.comment(how)
        + "': code with the defect does not come here. */";
  }

  /** All calls of the trace return. */
  static String returned(String property) {
    return "zassert_true(followed, \"a call did not return: " + property + "\");";
  }

  /** What the code leaves behind counts, and a repair may come there on another way. */
  static List<String> anyWay() {
    return List.of(
        "/* whichever way the code takes, what it leaves behind counts */",
        "ARG_UNUSED(followed);",
        "ringfence_settle();");
  }

  /** Whether the way of the trace was taken says nothing. */
  static List<String> refusalsEndThreads() {
    return List.of(
        "/* a call that is refused ends its thread, and with it the way of the trace */",
        "ARG_UNUSED(followed);");
  }
}
