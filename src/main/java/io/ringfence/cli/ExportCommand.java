package io.ringfence.cli;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.export.CTestSource;
import io.ringfence.export.ExportException;
import io.ringfence.export.JUnitTestSource;
import io.ringfence.replay.Replayer;
import io.ringfence.report.SequenceDiagram;
import io.ringfence.trace.TraceMeta;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.PropertyCatalogue;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A counterexample as a test, or as a diagram. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a trace (ITF) as a test, or as a diagram.",
      "As a test in C against the real API (Zephyr's ztest), as a JUnit 5 test that replays "
          + "it here, or as a sequence diagram of its threads (Mermaid)."
    })
final class ExportCommand implements Callable<Integer> {
  private static final String EXTENSION = ".itf.json";

  @Mixin private final GlobalOptions options = new GlobalOptions();

  /** What a trace can become. */
  private enum Format {
    C,
    JUNIT,
    MERMAID;

    /** As a user types it, and a shell completes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "FILE", description = "The trace, an .itf.json file.")
  private @Nullable Path file;

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      required = true,
      description = "c, junit or mermaid.")
  private @Nullable Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it, a file that does not exist yet; default: standard output.")
  private @Nullable Path output;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  ExportCommand() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException {
    Path from = Objects.requireNonNull(file, "picocli requires FILE");
    RecordedTrace recorded = RecordedTrace.read(from);
    requireActions(from, recorded);
    String name = String.valueOf(from.getFileName()).replace(EXTENSION, "");
    String text;
    try {
      text =
          switch (Objects.requireNonNull(format, "picocli requires --as")) {
            case C ->
                CTestSource.write(
                    name,
                    recorded.spec(),
                    recorded.trace(),
                    recorded.constants(),
                    property(recorded));
            case JUNIT -> JUnitTestSource.write(name, place(name), recorded.trace());
            case MERMAID -> diagram(recorded);
          };
    } catch (ExportException e) {
      throw new BadInputException(from + ": " + e.getMessage(), e);
    }
    Path beside = format == Format.JUNIT ? beside(name) : null;
    if (beside != null) {
      requireSame(from, beside);
    }
    write(text);
    if (beside != null && !Files.exists(beside)) {
      Files.copy(from, beside);
    }
    if (format == Format.JUNIT) {
      keep(from, name);
    }
    return ExitCode.OK;
  }

  /** A test of steps that the firmware does not have would fail, or not compile, much later. */
  private static void requireActions(Path from, RecordedTrace recorded) {
    BoundFirmware firmware = Bindings.open(recorded.spec(), recorded.constants(), Switches.NONE);
    try {
      Replayer.operations(firmware, recorded.trace());
    } catch (BindingException e) {
      throw new BadInputException(from + ": " + e.getMessage(), e);
    }
  }

  /** What the trace violates, as its spec says it; empty if the checkout has no such spec. */
  private String property(RecordedTrace recorded) {
    Path spec = options.project().specs().resolve(recorded.spec() + ".tla");
    return recorded
        .trace()
        .meta()
        .get(TraceMeta.PROPERTY)
        .filter(operator -> Files.isRegularFile(spec))
        .map(operator -> PropertyCatalogue.read(spec, List.of(operator)).get(0))
        .filter(entry -> !entry.statement().isEmpty())
        .map(entry -> entry.id() + ": " + entry.statement())
        .orElse("");
  }

  private static String diagram(RecordedTrace recorded) {
    SequenceDiagram diagram =
        SequenceDiagram.of(
            recorded.trace(),
            Replayer.replay(
                recorded.trace(),
                Bindings.open(recorded.spec(), recorded.constants(), Switches.NONE),
                true));
    if (diagram == null) {
      throw new ExportException(
          "one thread makes all the calls of this model of "
              + recorded.spec()
              + ", and a diagram of one says nothing; './ringfence replay' shows the trace");
    }
    return diagram.text();
  }

  private void write(String text) throws IOException {
    if (output != null && output.toString().isEmpty()) {
      throw new CommandLine.ParameterException(spec.commandLine(), "-o should name a file");
    }
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
      return;
    }
    try {
      Files.writeString(output, text, StandardOpenOption.CREATE_NEW);
    } catch (NoSuchFileException e) {
      throw new BadInputException(output + ": there is no such folder", e);
    } catch (FileAlreadyExistsException e) {
      throw new BadInputException(output + ": exists already, and is left as it is", e);
    } catch (IOException e) {
      throw new BadInputException(output + ": cannot be written: " + e, e);
    }
  }

  /** Where the trace goes with a test that is written to a file; null for standard output. */
  private @Nullable Path beside(String name) {
    return output == null
        ? null
        : output.toAbsolutePath().normalize().resolveSibling(name + EXTENSION);
  }

  /** Another trace of that name is not overwritten. */
  private static void requireSame(Path from, Path beside) throws IOException {
    if (Files.exists(beside) && Files.mismatch(from, beside) >= 0) {
      throw new BadInputException(beside + ": is another trace, and is left as it is");
    }
  }

  /** Where the test finds its trace: beside it if that is in this project, else with all others. */
  private String place(String name) {
    Path root = options.project().root().toAbsolutePath().normalize();
    Path beside = beside(name);
    if (beside != null && beside.startsWith(root)) {
      String relative = root.relativize(beside).toString().replace('\\', '/');
      if (JUnitTestSource.isPlace(relative)) {
        return relative;
      }
    }
    return JUnitTestSource.TRACES + name + EXTENSION;
  }

  /** The test needs the trace where tests find it, also when reports/ is made anew. */
  private void keep(Path from, String name) {
    Path needed = options.project().root().resolve(place(name));
    if (!Files.exists(needed) && !options.quiet()) {
      spec.commandLine()
          .getErr()
          .println("the test reads the trace from " + needed + "; copy " + from + " there");
    }
  }
}
