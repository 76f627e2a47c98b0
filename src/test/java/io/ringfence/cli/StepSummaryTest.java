package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The summary of a job of GitHub Actions. */
class StepSummaryTest {
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private void append(String file) throws IOException {
    Files.writeString(folder.resolve("summary.md"), "results\n");
    StepSummary.append(folder, file, new PrintWriter(err, true));
  }

  @Test
  void keepsWhatOtherStepsWrote() throws IOException {
    Path file = folder.resolve("step");
    Files.writeString(file, "before\n");
    append(file.toString());
    assertThat(file).hasContent("before\nresults\n");
  }

  @Test
  void writesNothingOutsideOfAJob() throws IOException {
    append(null);
    append("");
    assertThat(folder).isDirectoryNotContaining("glob:**step");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysWhatItCouldNotWrite() throws IOException {
    append(folder.resolve("nowhere/step").toString());
    assertThat(err.toString()).contains("GITHUB_STEP_SUMMARY cannot be written", "nowhere");
  }
}
