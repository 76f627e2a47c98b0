package io.ringfence.report;

import io.ringfence.verify.RunOfTwoModels;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report of a real run of two small models, made once for all tests. */
record ReportOfTwoModels(Path folder, RunRecord run) {
  private static ReportOfTwoModels made;

  static synchronized ReportOfTwoModels get() throws IOException, InterruptedException {
    if (made == null) {
      RunRecord run = RunOfTwoModels.get();
      Path folder = Files.createDirectories(Path.of("target/test-report").toAbsolutePath());
      ReportWriter.write(run, RunOfTwoModels.MANIFEST.models(), null, folder);
      GraphPages.write(run, folder);
      TraceFiles.write(run, folder);
      made = new ReportOfTwoModels(folder, run);
    }
    return made;
  }
}
