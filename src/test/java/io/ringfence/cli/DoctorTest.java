package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.cli.Doctor.State;
import io.ringfence.tlc.TlcTools;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.ManifestReader;
import io.ringfence.verify.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing is named, with what to do, and nothing else is called missing. */
class DoctorTest {
  private static final Project PROJECT = Project.at(Path.of(""));

  private static Doctor doctor(String path) {
    return new Doctor(PROJECT, Map.of("PATH", path)::get);
  }

  private static TlcTools tools() {
    try {
      return TlcTools.onClassPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hereEverythingThatIsNeededIsThere() {
    List<Doctor.Finding> findings =
        doctor("").examine(DoctorTest::tools, () -> ManifestReader.read(PROJECT.models()));

    assertThat(findings).noneMatch(finding -> finding.state() == State.MISSING);
    assertThat(findings)
        .filteredOn(finding -> finding.what().equals("TLA+ tools"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.found()).startsWith("Version "));
  }

  @Test
  void withoutGitOnlyTheCommitIsMissed() {
    assertThat(doctor("").examine(DoctorTest::tools, () -> ManifestReader.read(PROJECT.models())))
        .filteredOn(finding -> finding.what().equals("git"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(State.OPTIONAL);
              assertThat(finding.found()).contains("to name the commit that a run was of");
            });
  }

  @Test
  void aManifestThatCannotBeReadIsMissing() {
    List<Doctor.Finding> findings =
        doctor("")
            .examine(
                DoctorTest::tools,
                () -> {
                  throw new BadInputException("manifest.json: no such file");
                });

    assertThat(findings)
        .contains(new Doctor.Finding(State.MISSING, "models", "manifest.json: no such file"));
  }

  @Test
  void aJavaThatIsTooOldIsMissing() {
    assertThat(Doctor.java(11).state()).isEqualTo(State.MISSING);
    assertThat(Doctor.java(17).state()).isEqualTo(State.OK);
  }

  @Test
  void aFullDiskIsMissingSpace() {
    assertThat(Doctor.space(Path.of("/tmp"), 10).state()).isEqualTo(State.MISSING);
    assertThat(Doctor.space(Path.of("/tmp"), 5000).state()).isEqualTo(State.OK);
  }

  @Test
  void littleMemoryIsToldAndStopsNothing() {
    assertThat(Doctor.memory(4096, 2).state()).isEqualTo(State.OPTIONAL);
    assertThat(Doctor.memory(24_000, 2).state()).isEqualTo(State.OK);
  }

  @Test
  void aDirectoryThatIsYetToBeMadeCountsIfItsParentCanBeWritten(@TempDir Path directory) {
    assertThat(Doctor.writable("reports", directory.resolve("a/b")).state()).isEqualTo(State.OK);
  }

  @Test
  void aFileIsNoDirectoryToWriteTo(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("reports"));

    assertThat(Doctor.writable("reports", file).state()).isEqualTo(State.MISSING);
  }

  @Test
  void aProgramIsFoundOnThePathIfItCanBeRun(@TempDir Path directory) throws IOException {
    Path program = Files.createFile(directory.resolve("gcc"));
    Doctor doctor = doctor("/nowhere:" + directory);

    assertThat(doctor.program("gcc", "to compile", "gcc").state()).isEqualTo(State.OPTIONAL);

    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(doctor.program("gcc", "to compile", "gcc").found()).isEqualTo(program.toString());
  }
}
