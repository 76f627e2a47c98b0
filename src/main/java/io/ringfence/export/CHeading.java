package io.ringfence.export;

import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the comment at the top of a test in C says about hooks and outcomes, without its frame. */
final class CHeading {
  private CHeading() {}

  /** Of which code the trace is: other code may have the defect that it shows, or not. */
  static String design(String spec, Map<String, Value> constants) {
    return "The trace is of the design "
        + constant(constants, "Variant")
        + "; repairs: "
        + constant(constants, "Fixes")
        + "; defects put back: "
        + constant(constants, "Defects")
        + ". What the property and each step mean is said in spec/"
        + spec
        + ".tla.";
  }

  /** The strings of a constant of the model. */
  private static String constant(Map<String, Value> constants, String name) {
    Value value = constants.get(name);
    String text = value == null ? "" : Plain.comment(value.toString()).replaceAll("[{}\"]", "");
    return text.isEmpty() ? "none" : text;
  }

  /** For a test whose threads may be ended by a fatal error. */
  static List<String> withFaults() {
    return CTestSource.lines(
        """
        Fatal errors may end threads of this test. So build with CONFIG_ZTEST_FATAL_HOOK, and without
        the firmware's own k_sys_fatal_error_handler(), which halts all. A system call is refused by
        an oops, which ends its thread. If it faults or panics instead, the test fails.
        """);
  }

  /** For a trace whose steps are all calls of the test. */
  static List<String> withoutHooks() {
    return CTestSource.lines(
        """
        All steps are calls of the test: the source needs no hooks. FAIL means that the defect is
        there, PASS that it is not, or that a call which it needs is refused.
        """);
  }

  /**
   * For a trace with steps that hooks announce.
   *
   * @param labels of these steps
   */
  static List<String> withHooks(Hooks hooks, Set<String> labels) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        CTestSource.lines(
            """
            The steps below are labels of the source. A hook in the source announces each of those
            that are no call of the test: ringfence_at("label"), right before what it stands for.
            Where a thread is about to wait within a step, ringfence_waits() lets the next one go on.
            The hooks of this trace:

            """));
    lines.addAll(hooks.places(labels));
    lines.add("");
    if (hooks.anyMasked(labels)) {
      lines.addAll(
          CTestSource.lines(
              """
              At a star a lock is held, and in the kernel build interrupts are masked. ringfence_at()
              takes no lock, and where interrupts are masked it waits busily: only threads of other
              cores can go on meanwhile. Never call ringfence_waits() there.

              """));
    }
    lines.addAll(
        CTestSource.lines(
            """
            Build with -DRINGFENCE_HOOKS, and first with the defect: the test has to fail as the code
            is wrong. This proves the hooks. Then it means

              FAIL, "the hook .. was never reached": nothing, as a hook is missing, misspelled or
                misplaced. If this test has failed otherwise with the same hooks, and the repair
                turns off before this one, add -DRINGFENCE_HOOKS_PROVEN.
              FAIL, anything else: the defect is there.
              PASS: the trace was left at a hook that is there, or it ends otherwise than it did, or
                what it waits for in vain has happened, if late.
              SKIP: built without hooks, and the calls alone do not go the way of the trace; or the
                test cannot tell, and says what is for you to check.
            """));
    return lines;
  }
}
