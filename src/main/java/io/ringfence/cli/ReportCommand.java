package io.ringfence.cli;

import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ManifestReader;
import io.ringfence.verify.Project;
import io.ringfence.verify.RunJson;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
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
      description =
          "The run.json of an earlier run to compare with; one that this version of Ringfence"
              + " wrote.")
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
    RunRecord earlier = against == null ? null : earlier(against, run);
    List<Manifest.Model> known = ManifestReader.read(project.models()).models();
    ReportFiles.write(run, known, earlier, project.reports());
    StepSummary.append(project.reports(), spec.commandLine().getErr());
    spec.commandLine().getOut().println(project.reports().resolve("index.html"));
    return ExitCode.OK;
  }

  private static RunRecord earlier(Path file, RunRecord now) throws IOException {
    RunRecord then = RunJson.readEarlier(file);
    if (started(then, file).isAfter(started(now, Path.of("run.json")))) {
      throw new BadInputException(
          file
              + ": --against takes an earlier run; this one started "
              + then.started()
              + ", which is after that of the report, "
              + now.started());
    }
    return then;
  }

  private static Instant started(RunRecord run, Path file) {
    try {
      return Instant.parse(run.started());
    } catch (DateTimeParseException e) {
      throw new BadInputException(file + ": started: no instant of ISO 8601: " + run.started(), e);
    }
  }
}
