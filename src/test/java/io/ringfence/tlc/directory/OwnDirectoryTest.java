package io.ringfence.tlc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is put into such a directory does not outlive its use. */
class OwnDirectoryTest {
  /** Makes a directory with something in it, says where it is, and waits to be stopped. */
  public static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws Exception {
      System.out.println(filled().path());
      Thread.sleep(600_000);
    }
  }

  private static OwnDirectory filled() throws IOException {
    OwnDirectory directory = OwnDirectory.create("ringfence-test-");
    Path states = Files.createDirectories(directory.path().resolve("states/of/a run"));
    Files.writeString(states.resolve("states.fp"), "fingerprints");
    return directory;
  }

  @Test
  void closingRemovesItWithItsContent() throws Exception {
    OwnDirectory directory = filled();
    assertThat(directory.path()).isDirectoryRecursivelyContaining("glob:**states.fp");
    directory.close();
    assertThat(directory.path()).doesNotExist();
    directory.close();
  }

  @Test
  @Timeout(60)
  void stoppingTheJvmRemovesIt() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      Path made = Path.of(output.readLine());
      assertThat(made).isDirectory();
      process.destroy();
      process.waitFor();
      assertThat(made).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }
}
