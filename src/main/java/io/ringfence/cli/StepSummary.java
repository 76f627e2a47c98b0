package io.ringfence.cli;

import io.ringfence.report.ci.CiReports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The summary of a job of GitHub Actions, which names the file by an environment variable. */
final class StepSummary {
  private static final String VARIABLE = "GITHUB_STEP_SUMMARY";

  private StepSummary() {}

  /** Appends the Markdown summary of a report, if this runs in such a job. */
  static void append(Path reports, PrintWriter err) throws IOException {
    append(reports, System.getenv(VARIABLE), err);
  }

  /** Appends the summary to a file; one that cannot be written changes no verdict. */
  static void append(Path reports, @Nullable String file, PrintWriter err) throws IOException {
    if (file == null || file.isEmpty()) {
      return;
    }
    String text = Files.readString(reports.resolve(CiReports.SUMMARY));
    try {
      Files.writeString(Path.of(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      err.println("ringfence: " + VARIABLE + " cannot be written: " + e);
    }
  }
}
