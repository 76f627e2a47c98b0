package io.ringfence.cli;

import io.ringfence.export.ExportException;
import io.ringfence.export.ScenarioExport;
import io.ringfence.scenario.Mismatch;
import io.ringfence.scenario.Scenario;
import io.ringfence.scenario.ScenarioFormatException;
import io.ringfence.scenario.ScenarioRunner;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.InputFile;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recorded behavior of the real code against the firmware. */
@Command(
    name = "scenario",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the firmware with recordings of the C code.",
      "Runs recorded sequences of real calls, and compares every observation with what the "
          + "real C code did. A folder stands for all .json files in it.",
      "With --from, writes a counterexample of the LL scheduler as a scenario instead: the "
          + "steps, and what the firmware does at each."
    })
final class ScenarioCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Parameters(paramLabel = "PATH", arity = "0..*", description = "Scenarios, or folders of them.")
  private final List<Path> paths = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "A trace (.itf.json) of the spec LlScheduler, to be written as a scenario.")
  private @Nullable Path from;

  @Mixin private final Output output = new Output();

  /**
   * What became of a scenario.
   *
   * @param error why it could not be run to its end, or null
   * @param crashed whether that is for a reason which this program does not know
   */
  private record Result(
      String file,
      String name,
      @Nullable Mismatch mismatch,
      @Nullable String error,
      boolean crashed) {
    boolean passed() {
      return mismatch == null && error == null;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (from != null) {
      return export(from);
    }
    if (paths.isEmpty()) {
      throw new BadInputException("name scenarios or folders to run, or a trace with --from");
    }
    // All files are read before any is run: a bad one should not hide behind a long run.
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : files()) {
      scenarios.add(Scenario.read(file));
    }
    List<Result> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Result result = run(scenario);
      results.add(result);
      if (output.isText()) {
        print(result, output.text());
      }
    }
    output.json(results);
    long passed = results.stream().filter(Result::passed).count();
    output.text().println(passed + " passed, " + (results.size() - passed) + " failed");
    if (results.stream().anyMatch(Result::crashed)) {
      return ExitCode.FAILURE;
    }
    if (results.stream().anyMatch(result -> result.error() != null)) {
      return ExitCode.USAGE;
    }
    return passed == results.size() ? ExitCode.OK : ExitCode.FINDING;
  }

  /** A scenario that cannot be run to its end should not hide what the others show. */
  private static Result run(Scenario scenario) {
    String file = scenario.file().toString();
    try {
      return new Result(file, scenario.name(), ScenarioRunner.run(scenario), null, false);
    } catch (ScenarioFormatException e) {
      return new Result(file, scenario.name(), null, e.getMessage(), false);
    } catch (RuntimeException e) {
      return new Result(
          file, scenario.name(), null, file + ": the firmware cannot go on: " + e, true);
    }
  }

  private int export(Path file) throws IOException {
    if (!paths.isEmpty()) {
      throw new BadInputException("--from writes one scenario and runs none; leave out " + paths);
    }
    RecordedTrace recorded = RecordedTrace.read(file);
    if (!recorded.spec().equals("LlScheduler")) {
      throw new BadInputException(
          file + ": a trace of " + recorded.spec() + "; only one of LlScheduler is a scenario");
    }
    String name = String.valueOf(file.getFileName()).replace(".itf.json", "");
    try {
      output
          .text()
          .println(
              ScenarioExport.write(name, recorded.trace(), recorded.constants()).toPrettyString());
    } catch (ExportException e) {
      throw new BadInputException(file + ": " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private Set<Path> files() throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isRegularFile(path)) {
        files.add(path);
        continue;
      }
      if (!Files.isDirectory(path)) {
        throw new BadInputException(path + ": " + InputFile.kind(path));
      }
      List<Path> found;
      try (Stream<Path> tree = Files.walk(path)) {
        found = tree.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      }
      if (found.isEmpty()) {
        throw new BadInputException(path + ": there is no .json file in this folder");
      }
      files.addAll(found);
    }
    return files;
  }

  private void print(Result result, PrintWriter out) {
    if (result.error() != null) {
      out.println("ERROR     " + result.error());
      return;
    }
    Mismatch mismatch = result.mismatch();
    if (mismatch == null) {
      if (!options.quiet()) {
        out.println("match     " + result.file());
      }
      return;
    }
    out.println("MISMATCH  " + result.file());
    out.println("  step " + mismatch.step() + " " + mismatch.operation());
    mismatch.fields().forEach(field -> out.println("    " + field));
  }
}
