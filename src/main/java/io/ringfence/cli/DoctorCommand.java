package io.ringfence.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is missing on this machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at what is missing on this machine, and what for.",
      "Exit code 1 if something is missing without which nothing works."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    List<Doctor.Finding> findings =
        new Doctor(options.project(), System::getenv).examine(options::tools, options::manifest);
    output.json(findings);
    if (output.isText()) {
      findings.forEach(finding -> output.text().println(Doctor.line(finding)));
    }
    boolean missing =
        findings.stream().anyMatch(finding -> finding.state() == Doctor.State.MISSING);
    if (output.isText()) {
      output.text().println(missing ? "Something is missing." : "All that is needed is there.");
    }
    output.text().flush();
    return missing ? ExitCode.FINDING : ExitCode.OK;
  }
}
