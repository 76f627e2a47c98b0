package io.ringfence.report;

import io.ringfence.trace.ItfWriter;
import io.ringfence.trace.Trace;
import io.ringfence.verify.GraphRecord;
import io.ringfence.verify.RunOfTwoModels;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The report of a real run of two small models, made once for all tests. */
record ReportOfTwoModels(Path folder, RunRecord run, Map<String, Trace> traces) {
  private static ReportOfTwoModels made;

  static synchronized ReportOfTwoModels get() throws IOException, InterruptedException {
    if (made == null) {
      RunOfTwoModels models = RunOfTwoModels.get();
      Path folder = Path.of("target/test-report").toAbsolutePath();
      Files.createDirectories(folder.resolve("traces"));
      for (Map.Entry<String, Trace> trace : models.traces().entrySet()) {
        ItfWriter.write(trace.getValue(), folder.resolve(trace.getKey()));
      }
      Files.createDirectories(folder.resolve("graphs"));
      for (Map.Entry<String, GraphRecord> graph : models.graphs().entrySet()) {
        Files.writeString(folder.resolve(graph.getKey()), graph.getValue().json());
      }
      ReportWriter.write(models.run(), models.traces(), folder);
      GraphPages.write(models.run(), models.graphs(), folder);
      made = new ReportOfTwoModels(folder, models.run(), models.traces());
    }
    return made;
  }
}
