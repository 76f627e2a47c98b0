package io.ringfence.cli;

import io.ringfence.verify.Manifest;
import io.ringfence.verify.RunJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What there is to check. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the models with their claims.")
final class ListCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Option(names = "--json", description = "Print the models as JSON.")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  ListCommand() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(RunJson.text(options.manifest().models()));
      return ExitCode.OK;
    }
    for (Manifest.Model model : options.manifest().models()) {
      out.printf(
          "%s (%s, %s%s%s): %s%n",
          model.name(),
          model.scope(),
          model.variant(),
          model.fixes().isEmpty() ? "" : " + " + String.join(" ", model.fixes()),
          model.defects().isEmpty() ? "" : " with " + String.join(" ", model.defects()),
          model.title());
      for (Manifest.Claim claim : model.claims()) {
        out.printf("  %-34s %s%n", claim.config(), claim.expect());
      }
    }
    return ExitCode.OK;
  }
}
