package io.ringfence.cli;

import io.ringfence.verify.Manifest;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What there is to check. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the models with their claims.")
final class ListCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    List<Manifest.Model> models = options.manifest().models();
    output.json(models);
    if (output.isText()) {
      print(models, output.text());
    }
    return ExitCode.OK;
  }

  private static void print(List<Manifest.Model> models, PrintWriter out) {
    for (Manifest.Model model : models) {
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
  }
}
