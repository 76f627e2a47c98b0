package io.ringfence.tlc;

import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.directory.OwnDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs TLC once for several claims, with {@code -continue}. It only ever confirms: a claim that
 * comes out otherwise than expected stays open, as does every one if the run is not flawless, and
 * is then for a {@link TlcRunner} to judge.
 */
public final class BatchRunner {
  private final String mainClass;

  /** Create a runner. */
  public BatchRunner() {
    this(TlcCommand.TLC);
  }

  /** Create a runner for another main class, for tests with a TLC that lies. */
  BatchRunner(String mainClass) {
    this.mainClass = mainClass;
  }

  /**
   * Run TLC to its end, to the job's time limit, or to the first message that leaves all open.
   *
   * @throws IOException if the files for the run cannot be read or written, or TLC cannot be
   *     started
   * @throws InterruptedException if the thread is interrupted; TLC is stopped first
   */
  public BatchResult run(TlcBatch batch) throws IOException, InterruptedException {
    if (!Files.isRegularFile(batch.job().config())) {
      return BatchResult.OPEN;
    }
    GuardedModule guarded = new GuardedModule(batch);
    BatchReader reader = new BatchReader(guarded);
    Transcript transcript = new Transcript(ProgressListener.NONE, reader::printed);
    try (OwnDirectory directory = OwnDirectory.create(TlcCommand.DIRECTORY)) {
      ConfigFile config = ConfigFile.read(batch.job().config());
      TlcJob job = guarded.write(directory.path(), config);
      List<String> command = new ArrayList<>(TlcCommand.of(mainClass, job, directory));
      command.add(command.size() - 1, "-continue");
      long start = System.nanoTime();
      TlcProcess process = TlcProcess.start(command, directory.path(), transcript, reader::isFatal);
      OptionalInt exit = process.await(job.limit());
      Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
      if (exit.isEmpty() || process.stopped()) {
        return BatchResult.OPEN;
      }
      try {
        Map<TlcBatch.Violation, Violated> found = reader.judge(transcript, exit.getAsInt());
        return EveryState.refusal(job, config, transcript, directory.path()).isPresent()
            ? BatchResult.OPEN
            : settled(batch, found, transcript, wallTime, directory);
      } catch (ProtocolException e) {
        return BatchResult.OPEN;
      }
    }
  }

  private BatchResult settled(
      TlcBatch batch,
      Map<TlcBatch.Violation, Violated> found,
      Transcript transcript,
      Duration wallTime,
      OwnDirectory directory) {
    Map<Path, TlcResult> settled = new HashMap<>();
    int claims = found.size() + (batch.holds() ? 1 : 0);
    Duration share = wallTime.dividedBy(Math.max(1, claims));
    if (batch.holds()) {
      Path config = batch.job().config();
      settled.put(config, result(new Success(), batch, config, transcript, share, directory));
    }
    found.forEach(
        (violation, violated) ->
            settled.put(
                violation.config(),
                result(violated, batch, violation.config(), transcript, share, directory)));
    return new BatchResult(settled);
  }

  /** The result of a claim: with the command that checks it alone, and the counts of the batch. */
  private TlcResult result(
      TlcOutcome outcome,
      TlcBatch batch,
      Path config,
      Transcript transcript,
      Duration share,
      OwnDirectory directory) {
    TlcJob job = batch.job();
    TlcJob alone = job.on(job.rootModule(), config, job.libraryDirs());
    return new TlcResult(
        outcome,
        transcript.statistics(),
        transcript.warnings(),
        transcript.version(),
        TlcCommand.of(mainClass, alone, directory),
        OptionalInt.empty(),
        share,
        TlcCommand.FINGERPRINT_INDEX,
        TlcCommand.SEED);
  }
}
