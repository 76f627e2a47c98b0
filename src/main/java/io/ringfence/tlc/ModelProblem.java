package io.ringfence.tlc;

import io.ringfence.tlc.eval.UnreadableModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;

/** Finds the place of what TLC's evaluator cannot read, for one line that a person can act on. */
public final class ModelProblem {
  private ModelProblem() {}

  /**
   * Return {@code file:line: what is wrong}.
   *
   * @throws IOException if the configuration cannot be read
   */
  public static String describe(UnreadableModelException e) throws IOException {
    String reason = String.join(" ", e.reason().strip().split("\\s+", -1));
    Matcher numbered = OutcomeReader.CONFIG_LINE.matcher(reason);
    if (numbered.matches()) {
      return line(e.config(), Integer.parseInt(numbered.group(1)), reason);
    }
    Matcher named = OutcomeReader.NOT_DEFINED.matcher(reason);
    if (named.matches()) {
      return line(e.config(), ConfigFile.read(e.config()).lineOf(named.group(1)), reason);
    }
    ParserReport report = new ParserReport();
    e.said().lines().forEach(report::add);
    return report
        .firstError()
        .map(error -> report.place(e.rootModule()) + ": " + error)
        .orElseGet(() -> line(e.rootModule(), 0, reason + " (with " + e.config() + ")"));
  }

  private static String line(Path file, int line, String text) {
    return new SourceLocation(file, line) + ": " + text;
  }
}
