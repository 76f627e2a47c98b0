package io.ringfence.export;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The C compiler, as far as a source without its libraries can be checked. */
final class Gcc {
  private Gcc() {}

  /** What gcc has against a source; skips the test where there is no gcc. */
  static String complaints(Path folder, String source) throws IOException, InterruptedException {
    assumeTrue(isThere(), "gcc is not on the PATH, so that no exported test can be compiled");
    Path file = Files.writeString(folder.resolve("test.c"), source);
    return run(
        "gcc",
        "-std=gnu11",
        "-fsyntax-only",
        "-Wall",
        "-Wextra",
        "-Wno-unused-parameter",
        "-Werror",
        "-I",
        "src/test/resources/c-api",
        file.toString());
  }

  private static boolean isThere() throws InterruptedException {
    try {
      run("gcc", "--version");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : said;
  }
}
