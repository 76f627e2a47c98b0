package io.ringfence.tlc;

import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.FailureKind;
import io.ringfence.tlc.TlcOutcome.Incomplete;
import io.ringfence.tlc.TlcOutcome.IncompleteReason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Runs TLC in a JVM of its own and judges what it did.
 *
 * <p>Each run has its own directory for TLC's files, which goes away with the run; two runs at a
 * time do not meet. Runs are repeatable: the fingerprint polynomial and the seed are fixed, so a
 * run with one worker always gives the same trace.
 */
public final class TlcRunner {
  private static final String MAIN_CLASS = "tlc2.TLC";
  private static final int FINGERPRINT_INDEX = 0;
  private static final long SEED = 1;

  private final String mainClass;

  /** Create a runner. */
  public TlcRunner() {
    this(MAIN_CLASS);
  }

  /** Create a runner for another main class, for tests with a TLC that lies. */
  TlcRunner(String mainClass) {
    this.mainClass = mainClass;
  }

  /**
   * Run TLC to its end, or to the job's time limit, and judge.
   *
   * @param job what to run
   * @param listener hears the progress
   * @return the judgment; a bad model, a crash and a limit are results too
   * @throws IOException if the directory for the run cannot be made
   * @throws InterruptedException if the thread is interrupted; TLC is stopped first
   */
  public TlcResult run(TlcJob job, ProgressListener listener)
      throws IOException, InterruptedException {
    Transcript transcript = new Transcript(listener);
    Optional<Failed> missing = missingFile(job);
    if (missing.isPresent()) {
      return result(missing.get(), transcript, List.of(), OptionalInt.empty(), Duration.ZERO);
    }
    ConfigFile config = ConfigFile.read(job.config());
    try (RunDirectory directory = RunDirectory.create()) {
      List<String> command = command(job, directory);
      return run(job, config, transcript, command, directory);
    }
  }

  private TlcResult run(
      TlcJob job,
      ConfigFile config,
      Transcript transcript,
      List<String> command,
      RunDirectory directory)
      throws InterruptedException {
    long start = System.nanoTime();
    TlcProcess process;
    try {
      process = TlcProcess.start(command, directory.path(), transcript, refusal(job, config));
    } catch (IOException e) {
      Failed failed =
          new Failed(FailureKind.CRASH, "cannot start TLC: " + e.getMessage(), Optional.empty());
      return result(failed, transcript, command, OptionalInt.empty(), Duration.ZERO);
    }
    OptionalInt exit = process.await(job.limit());
    Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
    TlcOutcome outcome;
    if (process.refusal().isPresent()) {
      outcome = process.refusal().get();
    } else if (exit.isEmpty()) {
      outcome =
          new Incomplete(
              IncompleteReason.TIMEOUT,
              "TLC did not end within "
                  + job.limit().toMillis() / 1000.0
                  + " s and was stopped. Give it more time, or the model smaller constants.");
    } else {
      outcome =
          new OutcomeReader(job, config, transcript, exit.getAsInt(), process.standardError())
              .judge();
    }
    return result(outcome, transcript, command, exit, wallTime);
  }

  /** Return what to answer if TLC announces temporal properties, if it must not check them. */
  private static Optional<Failed> refusal(TlcJob job, ConfigFile config) {
    String reason;
    if (job.workers() > 1) {
      reason =
          "TLC can miss violations of temporal properties with "
              + job.workers()
              + " workers. Run this model with 1 worker.";
    } else if (config.reduced()) {
      reason =
          "TLC can miss violations of temporal properties with SYMMETRY or VIEW."
              + " Remove it from the configuration.";
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new Failed(FailureKind.UNSOUND, reason, Optional.of(new SourceLocation(config.file(), 0))));
  }

  private static Optional<Failed> missingFile(TlcJob job) {
    if (!Files.isRegularFile(job.rootModule())) {
      return Optional.of(
          missing(FailureKind.PARSE, job.rootModule(), "no such module file; check its path"));
    }
    if (!Files.isRegularFile(job.config())) {
      return Optional.of(
          missing(FailureKind.CONFIG, job.config(), "no such configuration file; check its path"));
    }
    return Optional.empty();
  }

  private static Failed missing(FailureKind kind, Path file, String message) {
    return new Failed(kind, message, Optional.of(new SourceLocation(file, 0)));
  }

  private List<String> command(TlcJob job, RunDirectory directory) {
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

  private static TlcResult result(
      TlcOutcome outcome,
      Transcript transcript,
      List<String> command,
      OptionalInt exit,
      Duration wallTime) {
    return new TlcResult(
        outcome,
        transcript.statistics(),
        transcript.warnings(),
        transcript.version(),
        command,
        exit,
        wallTime,
        FINGERPRINT_INDEX,
        SEED);
  }
}
