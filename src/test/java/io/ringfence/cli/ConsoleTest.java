package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.verify.Progress;
import io.ringfence.verify.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A terminal has one line of progress that says how much is left; a file has a line a result. */
class ConsoleTest {
  private final StringWriter out = new StringWriter();

  private Console console(boolean terminal, boolean quiet) {
    return new Console(new PrintWriter(out), terminal, quiet);
  }

  private static Progress progress(long states, long expected, Duration elapsed) {
    return new Progress(states, expected, 12, elapsed);
  }

  @Test
  void progressHasCountsRateQueueAndTheTimeLeft() {
    assertThat(ProgressLine.of("LlB10", progress(6144, 10_348, Duration.ofSeconds(3))))
        .isEqualTo("LlB10: 6,144 of 10,348 states, 12 wait, 2,048/s, 2 s left");
    assertThat(ProgressLine.of("Wide", progress(1000, 1_000_000, Duration.ofSeconds(10))))
        .endsWith("100/s, 2 h 46 min left");
    assertThat(ProgressLine.of("Wide", progress(1000, 8_500, Duration.ofSeconds(10))))
        .endsWith("100/s, 1 min 15 s left");
  }

  @Test
  void withMoreStatesThanExpectedNoTimeIsTold() {
    assertThat(ProgressLine.of("New", progress(500, 1, Duration.ofSeconds(1))))
        .isEqualTo("New: 500 states, 12 wait, 500/s");
  }

  @Test
  void beforeTheFirstStateNoTimeIsTold() {
    assertThat(ProgressLine.of("New", progress(0, 10, Duration.ZERO)))
        .isEqualTo("New: 0 of 10 states, 12 wait, 0/s");
  }

  @Test
  void ofACheckThatTellsItsProgressNowAndThenItIsSaidHowOldThatIs() {
    assertThat(ProgressLine.of("Ll.cfg", null, Duration.ofSeconds(59)))
        .isEqualTo("Ll.cfg, 59 s: nothing told yet");
    Progress last = progress(6144, 10_348, Duration.ofSeconds(60));
    assertThat(ProgressLine.of("Ll.cfg", last, Duration.ofSeconds(65)))
        .isEqualTo(
            "Ll.cfg, 1 min 5 s: 6,144 of 10,348 states, 12 wait, 102/s, 41 s left, told 5 s ago");
  }

  /** Waits for a line of progress after the first ones, and keeps those that came. */
  private static final class Lines extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final CountDownLatch told = new CountDownLatch(3);

    @Override
    public synchronized void write(char[] from, int start, int count) {
      text.append(from, start, count);
    }

    @Override
    public void flush() {
      told.countDown();
    }

    @Override
    public void close() {}

    @Override
    public synchronized String toString() {
      return text.toString();
    }
  }

  @Test
  void theTimeMovesWhileACheckTellsNothingAndTheLineGoesAtItsEnd() throws Exception {
    Lines lines = new Lines();
    Console console = new Console(new PrintWriter(lines), true, false);
    try (TickingLine line = new TickingLine(console, "Ll.cfg", 20, Duration.ofMillis(1))) {
      assertThat(lines.told.await(1, TimeUnit.MINUTES)).isTrue();
      line.progress(40, 12, 2);
    }
    assertThat(lines.toString())
        .containsPattern("Ll.cfg, \\d+ s: nothing told yet")
        .contains("10 of 20 states, 2 wait")
        .endsWith("\u001b[2K");
    String whole = lines.toString();
    console.close();
    assertThat(lines.toString()).isEqualTo(whole + "\r\u001b[2K");
  }

  @Test
  void aLineThatIsTooLongIsCutOff() {
    console(true, false).working("B11", progress(10, 20, Duration.ofSeconds(1)));
    assertThat(out.toString()).contains("\u001b[?7l").endsWith("\u001b[?7h");
  }

  @Test
  void aTerminalHasOneLineThatSaysHowManyChecksThereAre() {
    Console console = console(true, false);
    console.planned(3);
    console.finished("S01", Verdict.PASS, "");
    console.working("B11", progress(10, 20, Duration.ofSeconds(1)));
    console.close();

    assertThat(out.toString())
        .contains("1 of 3 checked, last S01", "1 of 3 checked, B11: 10 of 20 states")
        .doesNotContain("\n")
        .endsWith("\u001b[2K");
  }

  @Test
  void aFindingHasALineOfItsOwnAtOnce() {
    console(true, false).finished("S01", Verdict.VIOLATION, "why");
    assertThat(out.toString()).contains("VIOLATION", "S01: why" + System.lineSeparator());
  }

  @Test
  void whoIsQuietLeavesFindingsToTheTable() {
    for (boolean terminal : new boolean[] {true, false}) {
      console(terminal, true).finished("S01", Verdict.VIOLATION, "why");
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileHasALineForEachResultAndNoProgress() {
    Console console = console(false, false);
    console.finished("S01", Verdict.PASS, "");
    console.working("B11", progress(10, 20, Duration.ofSeconds(1)));
    console.close();

    assertThat(out.toString()).isEqualTo(Console.line("S01", Verdict.PASS, "") + "\n");
  }
}
