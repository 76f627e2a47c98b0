package io.ringfence.report;

import io.ringfence.trace.ItfWriter;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the counterexamples of a run in ITF, to be replayed and to be read by other tools. */
public final class TraceFiles {
  private TraceFiles() {}

  /**
   * Writes each counterexample to its file.
   *
   * @param reports the folder to write to
   * @throws IOException if a file cannot be written
   */
  public static void write(RunRecord run, Path reports) throws IOException {
    Files.createDirectories(reports.resolve("traces"));
    for (RunRecord.ModelRecord model : run.models()) {
      for (RunRecord.ClaimRecord claim : model.claims()) {
        RunRecord.CounterexampleRecord found = claim.counterexample();
        if (found != null) {
          ItfWriter.write(found.trace(), reports.resolve(found.file()));
        }
      }
    }
  }
}
