package io.ringfence.cli;

import io.ringfence.report.ci.CiReports;
import io.ringfence.tlc.TlcTools;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.CachedVerifier;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.Project;
import io.ringfence.verify.RunJson;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.RunRecorder;
import io.ringfence.verify.RunStamp;
import io.ringfence.verify.RunSummary;
import io.ringfence.verify.Verdict;
import io.ringfence.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: everything, with the report. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks models in every way, and writes the report.",
      "Runs TLC on each claim, replays each counterexample on the firmware, and holds spec "
          + "against firmware on every edge; for every model of the scope ci, or for those that "
          + "are named. Writes reports/: index.html to read, run.json and junit.xml for programs."
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Mixin private final ModelSelection selection = new ModelSelection();

  @Mixin private final Output output = new Output();

  @Mixin private final TimeLimit limit = new TimeLimit(600);

  @Option(
      names = "--separate",
      description = "Run TLC once for each claim, also where one run can confirm several.")
  private boolean separate;

  @Option(
      names = "--no-cache",
      description = "Check every model, also one of which nothing changed since an earlier run.")
  private boolean noCache;

  @Option(
      names = "--watch",
      description =
          "Go on: when a spec, a model or the program changes, check again what it concerns."
              + " Ends with Ctrl-C.")
  private boolean watch;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  VerifyCommand() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return watch ? watch() : once();
  }

  private int watch() throws IOException, InterruptedException {
    Project project = options.project();
    Path program = project.root().resolve("src/main");
    Path build = project.root().resolve("pom.xml");
    try (SourceWatch sources =
        new SourceWatch(List.of(project.specs(), project.models(), program, build))) {
      while (true) {
        try {
          once();
        } catch (BadInputException e) {
          // A file that is being edited can be wrong for a while.
          spec.commandLine().getErr().println("ringfence: " + e.getMessage());
        }
        output.text().println("Waiting for changes; Ctrl-C ends.");
        Set<Path> changed = sources.await();
        output.text().println("Changed: " + names(project, changed));
        if (changed.stream().anyMatch(file -> file.startsWith(program) || file.equals(build))) {
          return ExitCode.RESTART;
        }
      }
    }
  }

  private static String names(Project project, Set<Path> files) {
    return files.stream()
        .map(file -> project.root().relativize(file).toString())
        .collect(Collectors.joining(", "));
  }

  private int once() throws IOException, InterruptedException {
    return ReportsLock.holding(options.project(), this::locked);
  }

  private int locked() throws IOException, InterruptedException {
    Duration each = limit.duration();
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Project project = options.project();
    Manifest manifest = manifest(project, started);
    List<Manifest.Model> models = selection.of(manifest);
    TlcTools tools = options.tools();
    Console console = new Console(output.text(), options.terminal(), options.quiet());
    Map<String, List<String>> variants = manifest.variants();
    Verifier verifier = new Verifier(project, variants, tools, each, separate, console);
    CachedVerifier cached =
        new CachedVerifier(
            project,
            tools,
            List.of("limit " + each.toSeconds(), "separate " + separate, "variants " + variants),
            !noCache,
            verifier);
    Map<String, String> keys = cached.keys(models);
    RunStamp stamp = stamp(project, manifest, keys);
    Optional<RunSummary> same = noCache ? Optional.empty() : stamp.onReports();
    if (same.isPresent()) {
      if (!options.quiet()) {
        output.text().println("Nothing changed since the run of " + same.get().started() + ".");
      }
      if (!output.isText()) {
        output.json(RunJson.read(project.reports().resolve("run.json")));
      }
      return finish(same.get(), project);
    }
    CiReports.remove(project.reports());
    List<RunRecord.ModelRecord> checked = cached.verify(models, keys);
    console.close();
    RunRecord run =
        new RunRecorder(project, manifest)
            .record(
                command(),
                started,
                environment(project, tools),
                cached.kept(),
                keys,
                checked,
                selection.complete());
    RunSummary summary = RunSummary.of(run);
    if (verifier.badInputs() > 0 && verifier.badInputs() == checked.size()) {
      return refuse(run, summary, project);
    }
    RunStamp.remove(project);
    write(run, manifest, project.reports());
    // What was edited meanwhile makes another stamp, and the reports may be of either text.
    if (summary.verdicts().stream().allMatch(Verdict::passes)
        && cached.isUnchanged()
        && stamp.equals(stamp(project, manifest, keys))) {
      stamp.put(summary);
    }
    reportCache(cached, checked.size());
    output.json(run);
    int code = finish(summary, project);
    return verifier.badInputs() > 0 ? ExitCode.USAGE : code;
  }

  /** Reads what there is to check; that it cannot be read is told to other tools, too. */
  private Manifest manifest(Project project, Instant started) throws IOException {
    try {
      return options.manifest();
    } catch (BadInputException e) {
      Files.createDirectories(project.reports());
      CiReports.write(
          RunRecorder.ofNothing(command(), started, String.valueOf(e.getMessage())),
          project.reports());
      StepSummary.append(project.reports(), spec.commandLine().getErr());
      throw e;
    }
  }

  /**
   * A run that came to judge nothing leaves an earlier record and its pages as they are. Other
   * tools take what they find for the last run's, so that they are told of this one.
   */
  private int refuse(RunRecord run, RunSummary summary, Project project) throws IOException {
    Files.createDirectories(project.reports());
    CiReports.write(run, project.reports());
    StepSummary.append(project.reports(), spec.commandLine().getErr());
    output.json(run);
    if (output.isText()) {
      ResultTable.print(summary, output.text());
    }
    Summary.print(summary.verdicts(), output.text());
    spec.commandLine()
        .getErr()
        .println(
            "ringfence: no model could be read, so that none was checked; run.json and the pages in "
                + project.reports()
                + " are as they were");
    return ExitCode.USAGE;
  }

  private RunStamp stamp(Project project, Manifest manifest, Map<String, String> keys) {
    return RunStamp.of(project, manifest, keys, command(), selection.complete());
  }

  private void reportCache(CachedVerifier cached, int models) {
    if (!cached.kept().isEmpty() && !options.quiet()) {
      output
          .text()
          .printf(
              "Nothing changed for %d of %d models since an earlier run; --no-cache checks them"
                  + " too.%n",
              cached.kept().size(), models);
    }
    if (cached.failure() != null) {
      spec.commandLine()
          .getErr()
          .println("ringfence: the results cannot be kept for the next run: " + cached.failure());
    }
  }

  private int finish(RunSummary run, Project project) throws IOException {
    StepSummary.append(project.reports(), spec.commandLine().getErr());
    if (output.isText()) {
      ResultTable.print(run, output.text());
      output.text().println("report: " + project.reports().resolve("index.html"));
    }
    return Summary.print(run.verdicts(), output.text());
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of("./ringfence"));
    command.addAll(spec.commandLine().getParseResult().originalArgs());
    return command;
  }

  private static Map<String, String> environment(Project project, TlcTools tools)
      throws InterruptedException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put(RunRecord.REVISION, Revision.of(project.root()));
    environment.put("TLC", tools.version());
    environment.put("TLA+ tools", String.valueOf(tools.jar().getFileName()));
    environment.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    environment.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    environment.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    return environment;
  }

  private static void write(RunRecord run, Manifest manifest, Path reports) throws IOException {
    RunJson.write(run, reports.resolve("run.json"));
    ReportFiles.write(run, manifest.models(), null, reports);
  }
}
