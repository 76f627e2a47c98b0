package io.ringfence.cli;

import io.ringfence.tlc.ProgressListener;
import io.ringfence.verify.Progress;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * A line of progress whose time moves. TLC reports once a minute only, which cannot be changed, and
 * meanwhile nothing more is known than when it last did.
 */
final class TickingLine implements ProgressListener, AutoCloseable {
  private final Console console;
  private final String what;
  private final long expected;
  private final long started = System.nanoTime();
  private final Timer ticks = new Timer("progress", true);
  private @Nullable Progress last;
  private boolean closed;

  /**
   * Shows the line, from now on.
   *
   * @param expected as many states as there should be in the end
   * @param every how often the time moves
   */
  TickingLine(Console console, String what, long expected, Duration every) {
    this.console = console;
    this.what = what;
    this.expected = expected;
    ticks.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            show();
          }
        },
        every.toMillis(),
        every.toMillis());
  }

  @Override
  public synchronized void progress(long generated, long distinct, long queue) {
    last = Progress.since(started, distinct - queue, expected, queue);
    show();
  }

  private synchronized void show() {
    if (!closed) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
      console.working(ProgressLine.of(what, last, elapsed));
    }
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    closed = true;
    ticks.cancel();
    console.close();
  }
}
