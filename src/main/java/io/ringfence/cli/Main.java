package io.ringfence.cli;

import io.ringfence.binding.BindingException;
import io.ringfence.export.ExportException;
import io.ringfence.scenario.ScenarioFormatException;
import io.ringfence.tlc.eval.EvaluationException;
import io.ringfence.trace.ItfFormatException;
import io.ringfence.verify.BadInputException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of {@code ./ringfence}. */
@Command(
    name = "ringfence",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Model-checks who owns a scheduler list and which heap an object may live in, replays "
            + "every counterexample on executable firmware, and checks that spec and firmware agree "
            + "on every edge.",
    subcommands = {
      VerifyCommand.class,
      CheckCommand.class,
      ReplayCommand.class,
      ConformCommand.class,
      ScenarioCommand.class,
      ExportCommand.class,
      GraphCommand.class,
      ReportCommand.class,
      ListCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all as expected",
      "1:a finding: an unexpected verdict, a divergence, a mismatch",
      "2:wrong usage or bad input",
      "3:the tool or TLC failed"
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Made by picocli, which fills in the fields. */
  public Main() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  /** Runs the program and ends the JVM with its exit code. */
  public static void main(String[] args) {
    int code =
        run(
            new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8),
            args);
    System.exit(code);
  }

  /** Runs the program with other streams, and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine command = new CommandLine(new Main());
    // Each subcommand has the option, and only the program has a version.
    command
        .getSubcommands()
        .values()
        .forEach(subcommand -> subcommand.getCommandSpec().versionProvider(new Version()));
    int code = execute(command, out, err, args);
    if (out.checkError() && !isPipe()) {
      err.println("ringfence: not everything could be written to standard output");
      return ExitCode.FAILURE;
    }
    return code;
  }

  /**
   * Whether standard output is a pipe. Java does not tell why a write failed; to a pipe only one
   * whose reader has gone does, and such a reader has seen what it wanted.
   */
  private static boolean isPipe() {
    return Boolean.getBoolean("ringfence.pipe");
  }

  private static int execute(
      CommandLine command, PrintWriter out, PrintWriter err, String... args) {
    return command
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(Main::exitCode)
        .setExecutionExceptionHandler(
            (exception, failed, result) -> {
              failed.getErr().println("ringfence: " + message(exception));
              return exitCode(exception);
            })
        .execute(args);
  }

  private static String message(Throwable exception) {
    return exception.getMessage() == null ? exception.toString() : exception.getMessage();
  }

  private static int exitCode(Throwable exception) {
    boolean badInput =
        exception instanceof BadInputException
            || exception instanceof BindingException
            || exception instanceof ExportException
            || exception instanceof ItfFormatException
            || exception instanceof ScenarioFormatException
            || exception instanceof CommandLine.ParameterException;
    if (badInput) {
      return ExitCode.USAGE;
    }
    boolean known = exception instanceof IOException || exception instanceof EvaluationException;
    if (!known) {
      exception.printStackTrace();
    }
    return ExitCode.FAILURE;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a subcommand is missing; './ringfence --help' lists them");
  }
}
