package io.ringfence.tlc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.tlc.TlcOutcome.Success;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An archive of TLC's classes changes nothing but the time. */
@Timeout(180)
class ClassArchiveTest {
  private static final List<String> JVM_ARGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static Path file(ClassArchive archive) {
    return Path.of(archive.options().get(0).replace("-XX:SharedArchiveFile=", ""));
  }

  private static TlcResult run(ClassArchive archive, String... more)
      throws IOException, InterruptedException {
    TlcJob job = TlaResources.job("Counter", "Counter");
    List<String> args = new ArrayList<>(JVM_ARGS);
    args.addAll(archive.options());
    args.addAll(List.of(more));
    return new TlcRunner()
        .run(
            new TlcJob(
                job.rootModule(),
                job.config(),
                List.of(),
                1,
                Duration.ofMinutes(1),
                128,
                false,
                args,
                job.tlcJar()),
            ProgressListener.NONE);
  }

  @Test
  void servesARunAndGoesAwayWithItsOwner() throws Exception {
    Path file;
    try (ClassArchive archive = ClassArchive.create(TlaResources.tlcJar(), JVM_ARGS)) {
      file = file(archive);
      // With sharing demanded, the JVM would not start with an archive that does not fit.
      TlcResult result = run(archive, "-Xshare:on");
      assertThat(result.outcome()).isEqualTo(new Success());
      assertThat(result.statistics().distinct()).hasValue(5);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void isPassedOverIfItIsBrokenOrGone() throws Exception {
    try (ClassArchive archive = ClassArchive.create(TlaResources.tlcJar(), JVM_ARGS)) {
      Path file = file(archive);
      file.toFile().setWritable(true);
      Files.writeString(file, "no archive");
      assertThat(run(archive).outcome()).isEqualTo(new Success());
      Files.delete(file);
      assertThat(run(archive).outcome()).isEqualTo(new Success());
    }
  }

  @Test
  void isLeftOutIfTheJvmMakesNone() throws Exception {
    try (ClassArchive archive =
        ClassArchive.create(TlaResources.tlcJar(), List.of("-XX:-NoSuchOption"))) {
      assertThat(archive.options()).isEmpty();
      assertThat(run(archive).outcome()).isEqualTo(new Success());
    }
  }
}
