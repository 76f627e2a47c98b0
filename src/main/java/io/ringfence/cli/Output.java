package io.ringfence.cli;

import io.ringfence.verify.RunJson;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a command prints, and where: text on standard output; or with {@code --json} its results as
 * JSON there, and everything else on standard error.
 */
final class Output {
  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  Output() {
    command = CommandSpec.create();
  }

  /** Whether results are printed as text. */
  boolean isText() {
    return !json;
  }

  /** Where text goes: results without {@code --json}, and what is no result. */
  PrintWriter text() {
    return json ? command.commandLine().getErr() : command.commandLine().getOut();
  }

  /** Prints the results if they are to be printed as JSON. */
  void json(Object results) {
    if (json) {
      command.commandLine().getOut().print(RunJson.text(results));
      command.commandLine().getOut().flush();
    }
  }
}
