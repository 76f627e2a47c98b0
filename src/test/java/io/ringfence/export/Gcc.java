package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C compiler, and what it makes of a test. */
final class Gcc {
  private static final Pattern TEST = Pattern.compile("(?m)^ZTEST\\((\\w+), (\\w+)\\)");
  private static final String RUN = "src/test/resources/c-run/";

  private Gcc() {}

  /** What gcc has against a source; skips the test where there is no gcc. */
  static String complaints(Path folder, String source) throws IOException, InterruptedException {
    assumeTrue(isThere(), "gcc is not on the PATH, so that no exported test can be compiled");
    Path file = Files.writeString(folder.resolve("test.c"), source);
    return complaints(List.of("-fsyntax-only", file.toString()));
  }

  /**
   * What a test says when it runs with what stands for the firmware; skips the calling test where
   * there is no gcc.
   *
   * @param standIn a file in {@code src/test/resources/c-run}
   * @param options of the compiler
   */
  static String run(Path folder, String source, String standIn, List<String> options)
      throws IOException, InterruptedException {
    assumeTrue(isThere(), "gcc is not on the PATH, so that no exported test can run");
    Matcher test = TEST.matcher(source);
    assertThat(test.find()).isTrue();
    Path program = folder.resolve("program");
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(
        List.of(
            "-pthread",
            "-DTEST=" + test.group(1) + "_" + test.group(2),
            "-o",
            program.toString(),
            Files.writeString(folder.resolve("test.c"), source).toString(),
            RUN + "zephyr.c",
            RUN + standIn));
    assertThat(complaints(arguments)).isEmpty();
    return output(List.of(program.toString())).said();
  }

  private static String complaints(List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "gcc",
                "-std=gnu11",
                "-Wall",
                "-Wextra",
                "-Wno-unused-parameter",
                "-Werror",
                "-I",
                "src/test/resources/c-api"));
    command.addAll(arguments);
    Output output = output(command);
    return output.code() == 0 ? "" : output.said();
  }

  private static boolean isThere() throws InterruptedException {
    try {
      output(List.of("gcc", "--version"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What a program wrote, and how it ended. */
  private record Output(int code, String said) {}

  private static Output output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), said);
  }
}
