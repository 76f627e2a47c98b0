package io.ringfence.tlc;

import io.ringfence.tlc.directory.OwnDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * TLC's classes as the JVM keeps them in memory (class data sharing), made once for many runs: each
 * spares the time to load and verify them. It belongs to this process and goes away with it, so it
 * cannot be stale, or anybody else's.
 */
public final class ClassArchive implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /**
   * Goes through what every run needs: junction lists, functions, sets, an invariant, a property.
   */
  private static final String MODULE =
      """
      ---- MODULE Warmup ----
      EXTENDS Naturals, Sequences, FiniteSets, TLC
      CONSTANT K
      VARIABLES f, s
      Init == f = [k \\in K |-> 0] /\\ s = <<>>
      Step(k) == /\\ f[k] < 2
                 /\\ f' = [f EXCEPT ![k] = @ + 1]
                 /\\ s' = IF Len(s) < 2 THEN Append(s, [key |-> k]) ELSE Tail(s)
      Next == \\E k \\in K : Step(k)
      Spec == Init /\\ [][Next]_<<f, s>>
      SmallInv == \\A k \\in K : f[k] \\in {0, 1, 2} /\\ Cardinality(DOMAIN f) = 2
      GrowsProp == [][\\E k \\in K : LET old == f[k] IN f'[k] > old]_<<f, s>>
      ====
      """;

  private static final String CONFIG =
      """
      SPECIFICATION Spec
      CONSTANT K = {"a", "b"}
      INVARIANT SmallInv
      PROPERTY GrowsProp
      CHECK_DEADLOCK FALSE
      """;

  private final OwnDirectory directory;
  private final List<String> options;

  private ClassArchive(OwnDirectory directory, List<String> options) {
    this.directory = directory;
    this.options = options;
  }

  /**
   * Make an archive; if the JVM cannot, runs go without.
   *
   * @param tlcJar the TLA+ tools
   * @param jvmArgs the options of the runs that will use it
   * @throws IOException if there is no place for it
   * @throws InterruptedException if the thread is interrupted
   */
  public static ClassArchive create(Path tlcJar, List<String> jvmArgs)
      throws IOException, InterruptedException {
    OwnDirectory directory = OwnDirectory.create(TlcCommand.DIRECTORY);
    Path archive = directory.path().resolve("tlc.jsa");
    List<String> dumping = new ArrayList<>(jvmArgs);
    dumping.add("-XX:ArchiveClassesAtExit=" + archive);
    TlcJob job =
        new TlcJob(
            Files.writeString(directory.path().resolve("Warmup.tla"), MODULE),
            Files.writeString(directory.path().resolve("Warmup.cfg"), CONFIG),
            List.of(),
            1,
            LIMIT,
            256,
            false,
            dumping,
            tlcJar);
    new TlcRunner().run(job, ProgressListener.NONE);
    return new ClassArchive(directory, Files.isRegularFile(archive) ? using(archive) : List.of());
  }

  /** Without an archive that fits, the JVM loads classes as ever, and must not talk of it. */
  private static List<String> using(Path archive) {
    return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable");
  }

  /** Return the options for a JVM that runs TLC. */
  public List<String> options() {
    return options;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
