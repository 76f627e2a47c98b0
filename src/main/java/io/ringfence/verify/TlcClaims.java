package io.ringfence.verify;

import io.ringfence.tlc.ProgressListener;
import io.ringfence.tlc.TlcJob;
import io.ringfence.tlc.TlcResult;
import io.ringfence.tlc.TlcRunner;
import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs TLC on a claim. */
public final class TlcClaims {
  /** Heap of each run at most, in MiB. */
  public static final int HEAP_MIB = 2048;

  /** On graphs of fewer edges, TLC is done before the optimizing compiler pays. */
  private static final long LONG_RUN_EDGES = 500_000;

  /**
   * Nor do threads that collect garbage together, beside other processes on the same processors.
   */
  static final List<String> SHORT_RUN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final List<String> LONG_RUN = List.of("-XX:+UseParallelGC");

  private final Project project;
  private final TlcTools tools;
  private final Duration limit;
  private final List<String> jvmOptions;

  /** Uses one release of the TLA+ tools, with one limit for each run. */
  public TlcClaims(Project project, TlcTools tools, Duration limit) {
    this(project, tools, limit, List.of());
  }

  /** Gives TLC's JVM further options. */
  TlcClaims(Project project, TlcTools tools, Duration limit, List<String> jvmOptions) {
    this.project = project;
    this.tools = tools;
    this.limit = limit;
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * Runs TLC.
   *
   * @param workers 1 where a trace is expected: traces of several workers differ from run to run
   * @throws IOException if TLC cannot be started
   */
  public TlcResult run(
      Manifest.Model model, Manifest.Claim claim, int workers, ProgressListener progress)
      throws IOException, InterruptedException {
    return new TlcRunner().run(job(model, claim, workers), progress);
  }

  /** The run of TLC on a claim. */
  TlcJob job(Manifest.Model model, Manifest.Claim claim, int workers) {
    Path models = project.models();
    return new TlcJob(
        models.resolve(model.module()),
        models.resolve(claim.config()),
        project.libraries(),
        workers,
        limit,
        HEAP_MIB,
        false,
        jvmArgs(model, claim),
        tools.jar());
  }

  private List<String> jvmArgs(Manifest.Model model, Manifest.Claim claim) {
    List<String> args = new ArrayList<>(jvmOptions);
    args.addAll(claim.holds() && model.pinned().edges() >= LONG_RUN_EDGES ? LONG_RUN : SHORT_RUN);
    return args;
  }
}
