package io.ringfence.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which revision of a checkout a run was of, as git names it. */
final class Revision {
  private static final int SECONDS = 10;
  private static final String UNKNOWN = "not known: no commit of git here";

  private Revision() {}

  /**
   * Returns the commit, with {@code -dirty} if files that git follows differ from it; or, where git
   * tells of none, that it is not known.
   */
  static String of(Path checkout) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
              .directory(checkout.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      git.getOutputStream().close();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!git.waitFor(SECONDS, TimeUnit.SECONDS)) {
        git.destroyForcibly();
        return UNKNOWN;
      }
      return git.exitValue() == 0 && !commit.isBlank() ? commit.strip() : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
