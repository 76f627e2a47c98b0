package io.ringfence.cli;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long a run of TLC may take. */
final class TimeLimit {
  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "Wall-clock limit of each TLC run; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Has a default in seconds, as commands differ in what they are used for. */
  TimeLimit(int seconds) {
    this.seconds = seconds;
    this.command = CommandSpec.create();
  }

  /**
   * The limit.
   *
   * @throws CommandLine.ParameterException if it is none
   */
  Duration duration() {
    if (seconds < 1) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--limit should be a number of seconds from 1 and is " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }
}
