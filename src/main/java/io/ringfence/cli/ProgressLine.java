package io.ringfence.cli;

import io.ringfence.verify.Progress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Progress in words, short enough for one line of a terminal. */
final class ProgressLine {
  private ProgressLine() {}

  /** For example {@code LlB10: 6,144 of 10,348 states, 12 wait, 1,900/s, 2 s left}. */
  static String of(String what, Progress progress) {
    return what + ": " + counts(progress);
  }

  /**
   * The same of a check that tells its progress now and then, for example {@code Ll.cfg, 1 min 5 s:
   * 6,144 of 10,348 states, 12 wait, 102/s, 41 s left, told 5 s ago}.
   *
   * @param last what it told last, or null if it has told nothing yet
   * @param elapsed the time since it began
   */
  static String of(String what, @Nullable Progress last, Duration elapsed) {
    String so = what + ", " + time(elapsed) + ": ";
    return last == null
        ? so + "nothing told yet"
        : so + counts(last) + ", told " + time(elapsed.minus(last.elapsed())) + " ago";
  }

  private static String counts(Progress progress) {
    StringBuilder line = new StringBuilder();
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
