package io.ringfence.cli;

import io.ringfence.verify.Verdict;
import java.io.PrintWriter;
import java.util.List;

/**
 * The line that closes a command which checks several things, and the exit code that goes with it.
 */
final class Summary {
  private Summary() {}

  /** Prints how many checks passed. Nothing checked is a failure of the tool, not a success. */
  static int print(List<Verdict> verdicts, PrintWriter out) {
    long passed = verdicts.stream().filter(Verdict::passes).count();
    out.println(passed + " passed, " + (verdicts.size() - passed) + " failed");
    boolean broken =
        verdicts.stream()
            .anyMatch(verdict -> verdict == Verdict.ERROR || verdict == Verdict.INCOMPLETE);
    if (broken || verdicts.isEmpty()) {
      return ExitCode.FAILURE;
    }
    return passed == verdicts.size() ? ExitCode.OK : ExitCode.FINDING;
  }
}
