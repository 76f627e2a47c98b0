package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stamp tells of the very reports that it was put on, and of no others. */
class RunStampTest {
  private static final RunSummary SUMMARY =
      new RunSummary(
          "2026-01-02T03:04:05Z",
          List.of(
              new RunSummary.Model(
                  "Small",
                  Verdict.PASS,
                  "",
                  3,
                  4,
                  5,
                  List.of(new RunSummary.Claim("Small.cfg", Verdict.PASS, "")))));

  @TempDir private Path reports;
  private RunStamp stamp;

  @BeforeEach
  void stampedReports() throws IOException {
    Files.writeString(reports.resolve("run.json"), "{}");
    stamp = new RunStamp(reports, "key");
    stamp.put(SUMMARY);
  }

  @Test
  void aStampKeepsHowTheRunEnded() throws IOException {
    assertThat(stamp.onReports()).contains(SUMMARY);
  }

  @Test
  void aRunThatDependsOnSomethingElseIsNotTheOneOfTheReports() throws IOException {
    assertThat(new RunStamp(reports, "other key").onReports()).isEmpty();
  }

  @Test
  void reportsThatChangedSinceAreNotThoseOfTheRun() throws IOException {
    Files.writeString(reports.resolve("run.json"), "{ }");
    assertThat(stamp.onReports()).isEmpty();
  }

  @Test
  void aPageThatWasEditedIsSeenAlsoIfItsSizeAndDateAreTheSame() throws IOException {
    Path page = Files.writeString(reports.resolve("index.html"), "all holds");
    FileTime written = Files.getLastModifiedTime(page);
    stamp.put(SUMMARY);
    assertThat(stamp.onReports()).isPresent();
    Files.writeString(page, "none does");
    Files.setLastModifiedTime(page, written);
    assertThat(stamp.onReports()).isEmpty();
  }

  @Test
  void aFileThatWentAwayIsMissed() throws IOException {
    Files.delete(reports.resolve("run.json"));
    assertThat(stamp.onReports()).isEmpty();
  }

  @Test
  void aVerdictThatWasEditedInTheStampIsNotBelieved() throws IOException {
    Path file = reports.resolve(".stamp");
    Files.writeString(file, Files.readString(file).replace("PASS", "EXPECTED_VIOLATION"));
    assertThat(stamp.onReports()).isEmpty();
  }

  @Test
  void aStampThatWasCutOffIsNotBelieved() throws IOException {
    Path file = reports.resolve(".stamp");
    String text = Files.readString(file);
    for (int length = 0; length < text.length(); length += 7) {
      Files.writeString(file, text.substring(0, length));
      assertThat(stamp.onReports()).as("the first %d characters", length).isEmpty();
    }
  }
}
