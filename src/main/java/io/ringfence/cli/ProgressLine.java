package io.ringfence.cli;

import io.ringfence.verify.Progress;
import java.time.Duration;
import java.util.Locale;

/** Progress in words, short enough for one line of a terminal. */
final class ProgressLine {
  private ProgressLine() {}

  /** For example {@code LlB10: 6,144 of 10,348 states, 12 wait, 1,900/s, 2 s left}. */
  static String of(String what, Progress progress) {
    StringBuilder line = new StringBuilder(what).append(": ");
    line.append(number(progress.states()));
    if (progress.states() <= progress.expected()) {
      line.append(" of ").append(number(progress.expected()));
    }
    line.append(" states, ").append(number(progress.queue())).append(" wait, ");
    line.append(number(progress.rate())).append("/s");
    Duration left = progress.left();
    if (left != null) {
      line.append(", ").append(time(left)).append(" left");
    }
    return line.toString();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
