package io.ringfence.cli;

import io.ringfence.report.EachOf;
import io.ringfence.trace.ItfFormatException;
import io.ringfence.trace.ItfReader;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.GraphRecord;
import io.ringfence.verify.Project;
import io.ringfence.verify.RunJson;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
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
      "Reads the traces and graphs beside it, too. With an earlier run.json also writes a "
          + "page of what changed since: verdicts, properties, states, edges, times."
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
    Map<String, Trace> traces = new ConcurrentHashMap<>();
    Map<String, GraphRecord> graphs = new ConcurrentHashMap<>();
    EachOf.all(
        run.models(),
        model -> {
          if (model.graph() != null) {
            graphs.put(model.graph(), read(project, model.graph(), GraphRecord::read));
          }
          for (RunRecord.ClaimRecord claim : model.claims()) {
            if (claim.counterexample() != null) {
              String trace = claim.counterexample().trace();
              traces.put(trace, read(project, trace, from -> traceOf(model.name(), from)));
            }
          }
        });
    ReportFiles.write(run, traces, graphs, earlier, project.reports());
    StepSummary.append(project.reports(), spec.commandLine().getErr());
    spec.commandLine().getOut().println(project.reports().resolve("index.html"));
    return ExitCode.OK;
  }

  /** Reads a file, as {@link Files} does. */
  private interface Reading<T> {
    T read(Path file) throws IOException;
  }

  private static Trace traceOf(String model, Path file) throws IOException {
    Trace trace = ItfReader.read(file);
    String found = trace.meta().get(TraceMeta.MODEL).orElse("no model");
    if (!found.equals(model)) {
      throw new BadInputException(
          file
              + ": a trace of "
              + found
              + ", not of "
              + model
              + "; run './ringfence verify' again");
    }
    return trace;
  }

  private static <T> T read(Project project, String name, Reading<T> reading) throws IOException {
    Path file = project.reports().resolve(name);
    try {
      return reading.read(file);
    } catch (ItfFormatException e) {
      throw new BadInputException(e.getMessage() + "; run './ringfence verify' again", e);
    } catch (NoSuchFileException e) {
      throw new BadInputException(
          file + ": no such file, but run.json names it; run './ringfence verify' again", e);
    }
  }
}
