package io.ringfence.report.ci;

import io.ringfence.verify.RunRecord;
import io.ringfence.verify.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the results of a run for other tools, each from the record of the run alone. */
public final class CiReports {
  /** JUnit XML, as build servers read it. */
  public static final String JUNIT = "junit.xml";

  /** SARIF 2.1.0, as code scanning and editors read it. */
  public static final String SARIF = "ringfence.sarif";

  /** Markdown, for the summary of a job. */
  public static final String SUMMARY = "summary.md";

  private CiReports() {}

  /**
   * Takes away those of an earlier run: what another tool finds here is of the last run that began.
   *
   * @throws IOException if one cannot be deleted
   */
  public static void remove(Path reports) throws IOException {
    for (String file : List.of(JUNIT, SARIF, SUMMARY)) {
      Files.deleteIfExists(reports.resolve(file));
    }
  }

  /**
   * Writes all of them.
   *
   * @param reports the folder to write to
   * @throws IOException if one cannot be written
   */
  public static void write(RunRecord run, Path reports) throws IOException {
    WholeFile.write(reports.resolve(JUNIT), JUnitXml.of(run));
    WholeFile.write(reports.resolve(SARIF), SarifLog.of(run));
    WholeFile.write(reports.resolve(SUMMARY), MarkdownSummary.of(run));
  }
}
