package io.ringfence.cli;

/** Exit codes of every subcommand. */
final class ExitCode {
  /** All as expected. */
  static final int OK = 0;

  /** A finding: an unexpected verdict, a divergence, a mismatch. */
  static final int FINDING = 1;

  /** Wrong usage or bad input. */
  static final int USAGE = 2;

  /** The tool or TLC failed. */
  static final int FAILURE = 3;

  /** For the launcher alone: build the program, which has changed, and start it again. */
  static final int RESTART = 75;

  private ExitCode() {}
}
