package io.ringfence.tlc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The small specifications in the test resources, and jobs that run them. */
public final class TlaResources {
  private TlaResources() {}

  /** Return a file of the resources. */
  public static Path file(String name) {
    return Path.of("src/test/resources/tlc", name).toAbsolutePath();
  }

  /** Return the TLA+ tools that the tests run. */
  public static Path tlcJar() {
    try {
      return TlcTools.onClassPath().jar();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static TlcJob job(String module, String config) {
    return new TlcJob(
        file(module + ".tla"),
        file(config + ".cfg"),
        List.of(),
        1,
        Duration.ofMinutes(2),
        128,
        true,
        List.of(),
        tlcJar());
  }

  /** Run TLC on a model with one worker and without a check for deadlock. */
  public static TlcResult runWithoutDeadlockCheck(String module, String config)
      throws IOException, InterruptedException {
    TlcJob job = job(module, config);
    return new TlcRunner()
        .run(
            new TlcJob(
                job.rootModule(),
                job.config(),
                job.libraryDirs(),
                job.workers(),
                job.limit(),
                job.heapMiB(),
                false,
                job.jvmArgs(),
                job.tlcJar()),
            ProgressListener.NONE);
  }
}
