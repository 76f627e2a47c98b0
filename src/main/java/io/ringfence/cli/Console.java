package io.ringfence.cli;

import io.ringfence.verify.Progress;
import io.ringfence.verify.Verdict;
import io.ringfence.verify.VerifyListener;
import java.io.PrintWriter;

/** Shows progress: a line that updates itself on a terminal, a line for each result elsewhere. */
final class Console implements VerifyListener {
  private static final String CLEAR_LINE = "\r\u001b[2K";

  /** Of a line that goes on in the next, only that one could be cleared: it is cut off instead. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter out;
  private final boolean terminal;
  private final boolean quiet;
  private int planned;
  private int done;

  Console(PrintWriter out, boolean terminal, boolean quiet) {
    this.out = out;
    this.terminal = terminal;
    this.quiet = quiet;
  }

  @Override
  public synchronized void planned(int checks) {
    planned = checks;
  }

  @Override
  public synchronized void finished(String what, Verdict verdict, String message) {
    done++;
    if (quiet) {
      // The table of results names all that is not as expected, too.
      return;
    }
    if (terminal) {
      out.print(CLEAR_LINE);
    }
    if (!terminal || !verdict.passes()) {
      out.println(line(what, verdict, message));
    } else {
      out.print(count() + ", last " + what);
    }
    out.flush();
  }

  @Override
  public void working(String what, Progress progress) {
    working(ProgressLine.of(what, progress));
  }

  /** Shows how far a check has come. */
  synchronized void working(String line) {
    if (terminal && !quiet) {
      out.print(CLEAR_LINE + NO_WRAP + count() + ", " + line + WRAP);
      out.flush();
    }
  }

  private String count() {
    return planned > 0 ? done + " of " + planned + " checked" : done + " checked";
  }

  /** Removes the line that updates itself. */
  synchronized void close() {
    if (terminal && !quiet) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  static String line(String what, Verdict verdict, String message) {
    return String.format("%-18s %s%s", verdict, what, message.isEmpty() ? "" : ": " + message);
  }
}
