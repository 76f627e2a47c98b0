package io.ringfence.tlc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One run of TLC.
 *
 * @param rootModule the module to check, a {@code .tla} file
 * @param config its configuration, a {@code .cfg} file
 * @param libraryDirs further directories that hold modules, searched in this order after the root
 *     module's own
 * @param workers the number of worker threads, at least 1; temporal properties need exactly 1, as
 *     TLC misses violations with more (tlaplus issue 971)
 * @param limit the wall-clock time after which the run is stopped
 * @param heapMiB the largest Java heap of TLC, in MiB
 * @param deadlockCheck whether a state without a successor is a violation; a {@code CHECK_DEADLOCK}
 *     in the configuration can switch the check off too
 * @param jvmArgs options for TLC's JVM beside its heap, such as the garbage collector
 * @param tlcJar the TLA+ tools, see {@link TlcTools}
 * @param coverage whether to count how often each action is taken, which takes TLC more time
 */
public record TlcJob(
    Path rootModule,
    Path config,
    List<Path> libraryDirs,
    int workers,
    Duration limit,
    int heapMiB,
    boolean deadlockCheck,
    List<String> jvmArgs,
    Path tlcJar,
    boolean coverage) {
  /** A run that does not count actions. */
  public TlcJob(
      Path rootModule,
      Path config,
      List<Path> libraryDirs,
      int workers,
      Duration limit,
      int heapMiB,
      boolean deadlockCheck,
      List<String> jvmArgs,
      Path tlcJar) {
    this(
        rootModule,
        config,
        libraryDirs,
        workers,
        limit,
        heapMiB,
        deadlockCheck,
        jvmArgs,
        tlcJar,
        false);
  }

  /** Copy the lists and check the ranges. */
  public TlcJob {
    libraryDirs = List.copyOf(libraryDirs);
    jvmArgs = List.copyOf(jvmArgs);
    if (workers < 1) {
      throw new IllegalArgumentException("TLC needs at least 1 worker, not " + workers);
    }
    if (heapMiB < 8) {
      throw new IllegalArgumentException("TLC needs a heap of at least 8 MiB, not " + heapMiB);
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("The time limit must be positive, not " + limit);
    }
  }

  /** The same run on another module and configuration. */
  TlcJob on(Path module, Path cfg, List<Path> libraries) {
    return new TlcJob(
        module, cfg, libraries, workers, limit, heapMiB, deadlockCheck, jvmArgs, tlcJar, coverage);
  }

  /** The same run with or without a check for deadlock. */
  TlcJob withDeadlockCheck(boolean check) {
    return new TlcJob(
        rootModule, config, libraryDirs, workers, limit, heapMiB, check, jvmArgs, tlcJar, coverage);
  }

  /** The same run with or without counting actions. */
  public TlcJob withCoverage(boolean counted) {
    return new TlcJob(
        rootModule,
        config,
        libraryDirs,
        workers,
        limit,
        heapMiB,
        deadlockCheck,
        jvmArgs,
        tlcJar,
        counted);
  }
}
