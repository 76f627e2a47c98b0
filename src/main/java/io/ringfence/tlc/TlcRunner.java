package io.ringfence.tlc;

import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.FailureKind;
import io.ringfence.tlc.TlcOutcome.Incomplete;
import io.ringfence.tlc.TlcOutcome.IncompleteReason;
import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.directory.OwnDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs TLC in a JVM of its own and judges what it did.
 *
 * <p>Each run has its own directory for TLC's files, which goes away with the run; two runs at a
 * time do not meet. Runs are repeatable: the fingerprint polynomial and the seed are fixed, so a
 * run with one worker always gives the same trace.
 */
public final class TlcRunner {
  private final String mainClass;

  /** Create a runner. */
  public TlcRunner() {
    this(TlcCommand.TLC);
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
    try (OwnDirectory directory = OwnDirectory.create(TlcCommand.DIRECTORY)) {
      List<String> command = TlcCommand.of(mainClass, job, directory);
      return run(job, config, transcript, command, directory);
    }
  }

  /**
   * Run TLC on a part of the job's configuration. What the judgment says of lines is true of the
   * whole one. Both files of the job are there.
   */
  TlcResult run(TlcJob job, ConfigFile part) throws IOException, InterruptedException {
    Transcript transcript = new Transcript(ProgressListener.NONE);
    try (OwnDirectory directory = OwnDirectory.create(TlcCommand.DIRECTORY)) {
      Path config = Files.writeString(directory.path().resolve("Part.cfg"), part.text());
      TlcJob written = job.on(job.rootModule(), config, job.libraryDirs());
      List<String> command = TlcCommand.of(mainClass, written, directory);
      return run(written, part, transcript, command, directory);
    }
  }

  private TlcResult run(
      TlcJob job,
      ConfigFile config,
      Transcript transcript,
      List<String> command,
      OwnDirectory directory)
      throws IOException, InterruptedException {
    Optional<Failed> refusal = refusal(job, config);
    long start = System.nanoTime();
    TlcProcess process;
    try {
      process =
          TlcProcess.start(
              command,
              directory.path(),
              transcript,
              message -> refusal.isPresent() && message.announcesTemporal());
    } catch (IOException e) {
      Failed failed =
          new Failed(FailureKind.CRASH, "cannot start TLC: " + e.getMessage(), Optional.empty());
      return result(failed, transcript, command, OptionalInt.empty(), Duration.ZERO);
    }
    OptionalInt exit = process.await(job.limit());
    Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
    TlcOutcome outcome;
    if (process.stopped() && refusal.isPresent()) {
      outcome = refusal.get();
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
      if (outcome instanceof Success) {
        outcome = confirm(job, config, transcript, directory);
      }
    }
    return result(outcome, transcript, command, exit, wallTime);
  }

  /** Return a success only if nothing in the model makes it say less than it seems to say. */
  private TlcOutcome confirm(
      TlcJob job, ConfigFile config, Transcript transcript, OwnDirectory directory)
      throws IOException, InterruptedException {
    Optional<Failed> notEveryState;
    try {
      notEveryState = EveryState.refusal(job, config, transcript, directory.path());
    } catch (ProtocolException e) {
      return OutcomeReader.protocol(e.getMessage());
    }
    if (notEveryState.isPresent()) {
      return notEveryState.get();
    }
    boolean temporal = transcript.messages().stream().anyMatch(TlcMessage::announcesTemporal);
    if (temporal && config.constrainsSteps()) {
      return unsound(
          config,
          "TLC can miss violations of temporal properties with ACTION_CONSTRAINT."
              + " Remove it from the configuration.");
    }
    return temporal && !config.constraints().isEmpty() ? requireNoCut(job, config) : new Success();
  }

  /**
   * Return a success if the constraints cut no state. A behavior that leads to one that is cut ends
   * there for TLC, which finds it to be unfair, so that no temporal property is violated by it.
   */
  private TlcOutcome requireNoCut(TlcJob job, ConfigFile config)
      throws IOException, InterruptedException {
    TlcOutcome outcome =
        run(job.withDeadlockCheck(false).withCoverage(false), config.cutsNothing()).outcome();
    if (outcome instanceof Violated violated) {
      return unsound(
          config,
          "TLC can miss violations of temporal properties where a constraint cuts states, and "
              + violated.property().orElse("one")
              + " does. Remove it, and bound what the specification itself does, or check the"
              + " temporal properties with another configuration.");
    }
    return outcome;
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
    return Optional.of(unsound(config, reason));
  }

  private static Failed unsound(ConfigFile config, String reason) {
    return new Failed(
        FailureKind.UNSOUND, reason, Optional.of(new SourceLocation(config.file(), 0)));
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
        TlcCommand.FINGERPRINT_INDEX,
        TlcCommand.SEED);
  }
}
