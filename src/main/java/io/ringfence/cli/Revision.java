package io.ringfence.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which revision of a checkout a run was of, as git names it. */
final class Revision {
  private static final int SECONDS = 10;
  private static final String NO_COMMIT = "not known: git names no commit here";
  private static final String NO_ANSWER = "not known: git did not answer";
  private static final String NO_GIT = "not known: git does not run on this machine";

  private Revision() {}

  /**
   * Returns the commit, with {@code -dirty} if files that git follows differ from it; or that it is
   * not known, and why.
   */
  static String of(Path checkout) throws InterruptedException {
    return of(checkout, "git");
  }

  /** The same with another program in place of git. */
  static String of(Path checkout, String program) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder(
                  program, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
              .directory(checkout.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      git.getOutputStream().close();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!git.waitFor(SECONDS, TimeUnit.SECONDS)) {
        git.destroyForcibly();
        return NO_ANSWER;
      }
      return git.exitValue() == 0 && !commit.isBlank() ? commit.strip() : NO_COMMIT;
    } catch (IOException e) {
      return NO_GIT;
    }
  }
}
