package io.ringfence.cli;

import io.ringfence.report.EachOf;
import io.ringfence.report.GraphPages;
import io.ringfence.report.ReportWriter;
import io.ringfence.report.TraceFiles;
import io.ringfence.report.ci.CiReports;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is written of a run for people and for other tools. */
final class ReportFiles {
  /** A part, which has files of its own. */
  private interface Part {
    void write() throws IOException;
  }

  private ReportFiles() {}

  /**
   * Writes them, with a page that compares the run with an earlier one if given.
   *
   * @param known all models that there are
   */
  static void write(
      RunRecord run, List<Manifest.Model> known, @Nullable RunRecord earlier, Path reports)
      throws IOException {
    List<Part> parts =
        List.of(
            () -> ReportWriter.write(run, known, earlier, reports),
            () -> GraphPages.write(run, reports),
            () -> TraceFiles.write(run, reports),
            () -> CiReports.write(run, reports));
    EachOf.all(parts, Part::write);
  }
}
