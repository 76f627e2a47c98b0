package io.ringfence.cli;

import io.ringfence.verify.Project;
import io.ringfence.verify.RunJson;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The report, again. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the report again, from reports/run.json.",
      "With an earlier run.json also writes a page of what changed since: verdicts, properties, "
          + "states, edges, times."
    })
final class ReportCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "The run.json of an earlier run to compare with.")
  private @Nullable Path against;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  ReportCommand() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Project project = options.project();
    return ReportsLock.holding(project, () -> write(project));
  }

  private int write(Project project) throws IOException {
    Path file = project.reports().resolve("run.json");
    RunRecord run = RunJson.read(file);
    RunRecord earlier = against == null ? null : RunJson.read(against);
    ReportFiles.write(run, earlier, project.reports());
    StepSummary.append(project.reports(), spec.commandLine().getErr());
    spec.commandLine().getOut().println(project.reports().resolve("index.html"));
    return ExitCode.OK;
  }
}
