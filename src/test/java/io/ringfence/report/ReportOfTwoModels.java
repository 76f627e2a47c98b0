package io.ringfence.report;

import io.ringfence.tlc.TlcTools;
import io.ringfence.trace.ItfWriter;
import io.ringfence.trace.Trace;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ManifestReader;
import io.ringfence.verify.Project;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.RunRecorder;
import io.ringfence.verify.Verdict;
import io.ringfence.verify.Verifier;
import io.ringfence.verify.VerifyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The report of a real run of two small models, made once for all tests. */
record ReportOfTwoModels(Path folder, RunRecord run, Map<String, Trace> traces) {
  private static ReportOfTwoModels made;

  static synchronized ReportOfTwoModels get() throws IOException, InterruptedException {
    if (made == null) {
      made = make();
    }
    return made;
  }

  private static ReportOfTwoModels make() throws IOException, InterruptedException {
    Project project = Project.at(Path.of(""));
    Manifest manifest = ManifestReader.read(project.models());
    List<Manifest.Model> models =
        manifest.models().stream()
            .filter(model -> List.of("S01", "B11").contains(model.name()))
            .toList();
    Verifier verifier =
        new Verifier(project, TlcTools.onClassPath(), Duration.ofMinutes(2), new Silent());
    Instant started = Instant.now();
    RunRecord run =
        new RunRecorder(project, manifest)
            .record(List.of("test"), started, Map.of(), verifier.verify(models), false);
    Path folder = Path.of("target/test-report").toAbsolutePath();
    Files.createDirectories(folder.resolve("traces"));
    for (Map.Entry<String, Trace> trace : verifier.traces().entrySet()) {
      ItfWriter.write(trace.getValue(), folder.resolve(trace.getKey()));
    }
    ReportWriter.write(run, verifier.traces(), folder);
    return new ReportOfTwoModels(folder, run, verifier.traces());
  }

  private static final class Silent implements VerifyListener {
    @Override
    public void finished(String what, Verdict verdict, String message) {}

    @Override
    public void working(String what, long states) {}
  }
}
