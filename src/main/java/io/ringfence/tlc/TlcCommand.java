package io.ringfence.tlc;

import io.ringfence.tlc.directory.OwnDirectory;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of TLC. */
final class TlcCommand {
  static final String TLC = "tlc2.TLC";

  /** How the names of the directories for TLC's files begin. */
  static final String DIRECTORY = "ringfence-tlc-";

  static final int FINGERPRINT_INDEX = 0;
  static final long SEED = 1;

  private TlcCommand() {}

  /** Return the command that runs a job, with its files in a directory. */
  static List<String> of(String mainClass, TlcJob job, OwnDirectory directory) {
    Path root = job.rootModule().toAbsolutePath().normalize();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + job.heapMiB() + "m");
    // Without this TLC catches the error and can hang (seen with a heap of 64 MiB).
    command.add("-XX:+ExitOnOutOfMemoryError");
    // TLC unpacks the standard modules there under fixed names; two runs in one place collide.
    command.add("-Djava.io.tmpdir=" + directory.path());
    // Counts and probabilities are printed in the default locale's format.
    command.add("-Duser.language=en");
    command.add("-Duser.country=US");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dstdout.encoding=UTF-8");
    if (!job.libraryDirs().isEmpty()) {
      command.add(
          "-DTLA-Library="
              + job.libraryDirs().stream()
                  .map(dir -> dir.toAbsolutePath().normalize().toString())
                  .collect(Collectors.joining(File.pathSeparator)));
    }
    command.addAll(job.jvmArgs());
    command.addAll(List.of("-cp", job.tlcJar().toString(), mainClass, "-tool"));
    command.addAll(List.of("-fp", String.valueOf(FINGERPRINT_INDEX)));
    command.addAll(List.of("-seed", String.valueOf(SEED)));
    command.addAll(List.of("-workers", String.valueOf(job.workers())));
    command.addAll(List.of("-checkpoint", "0"));
    command.addAll(List.of("-metadir", directory.path().resolve("states").toString()));
    if (job.coverage()) {
      // Once at the end is enough, and so many minutes are about the most that TLC can take.
      command.addAll(List.of("-coverage", "30000"));
    }
    if (!job.deadlockCheck()) {
      // TLC's option of this name switches the check off.
      command.add("-deadlock");
    }
    // TLC resolves a configuration against the module's directory, even an absolute one.
    command.addAll(
        List.of(
            "-config",
            root.resolveSibling("")
                .relativize(job.config().toAbsolutePath().normalize())
                .toString()));
    command.add(root.toString());
    return List.copyOf(command);
  }
}
