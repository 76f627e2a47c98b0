package io.ringfence.cli;

import io.ringfence.conform.GraphPath;
import io.ringfence.conform.SpecGraph;
import io.ringfence.export.GraphDot;
import io.ringfence.export.GraphJson;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.EvaluatorPool;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ModelSession;
import io.ringfence.verify.Plural;
import io.ringfence.verify.Project;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The state graph of a model. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the state graph of a small model.",
      "For Graphviz or as JSON: every state and every edge, and with --trace the way of a "
          + "counterexample through it. A graph of more states than --limit is not printed at "
          + "all."
    })
final class GraphCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  /** How a graph is printed. */
  private enum Format {
    DOT,
    JSON;

    /** As a user types it, and a shell completes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = Candidates.Models.class,
      description = "The model, by name.")
  private @Nullable String name;

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      defaultValue = "dot",
      description = "dot or json; default ${DEFAULT-VALUE}.")
  private Format format = Format.DOT;

  @Option(
      names = "--limit",
      paramLabel = "STATES",
      defaultValue = "1000",
      description = "The most states to print; default ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "A trace (.itf.json) of this model, to be marked in the graph.")
  private @Nullable Path trace;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  GraphCommand() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new BadInputException("--limit should be at least 1 and is " + limit);
    }
    RecordedTrace recorded = trace == null ? null : RecordedTrace.read(trace);
    Manifest.Model model = ModelSelection.named(options.manifest(), wanted());
    SpecGraph graph = explore(model);
    GraphPath path = path(recorded, graph);
    spec.commandLine()
        .getOut()
        .print(
            switch (format) {
              case DOT -> GraphDot.write(model.name(), graph, path);
              case JSON -> GraphJson.write(model.name(), graph, path);
            });
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private static GraphPath path(@Nullable RecordedTrace recorded, SpecGraph graph) {
    try {
      return recorded == null ? GraphPath.NONE : GraphPath.of(recorded.trace(), graph);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private String wanted() {
    return Objects.requireNonNull(name, "picocli requires MODEL");
  }

  private SpecGraph explore(Manifest.Model model) throws IOException {
    Project project = options.project();
    try (EvaluatorPool once = new EvaluatorPool();
        Evaluator evaluator = ModelSession.evaluator(project, model, options.tools(), once)) {
      SpecGraph graph = SpecGraph.of(evaluator, limit);
      if (graph == null) {
        throw new BadInputException(
            model.name()
                + " has more than "
                + Plural.of(limit, "state")
                + " (the manifest says "
                + model.pinned().states()
                + "); raise --limit, or take a smaller model");
      }
      return graph;
    }
  }
}
