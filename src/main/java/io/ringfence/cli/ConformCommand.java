package io.ringfence.cli;

import io.ringfence.conform.Conformance;
import io.ringfence.tlc.TlcTools;
import io.ringfence.tlc.eval.EvaluatorPool;
import io.ringfence.verify.ClaimJudge;
import io.ringfence.verify.ConformanceJudge;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ModelSession;
import io.ringfence.verify.Plural;
import io.ringfence.verify.Progress;
import io.ringfence.verify.Project;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Spec against firmware. */
@Command(
    name = "conform",
    mixinStandardHelpOptions = true,
    description = {
      "Checks models against the firmware on every edge.",
      "What the spec allows the firmware does, what it forbids the firmware refuses; of "
          + "every model of the scope ci, or of those that are named."
    })
final class ConformCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Mixin private final ModelSelection selection = new ModelSelection();

  @Mixin private final Output output = new Output();

  /** What was found out about a model. */
  private record Result(String model, Verdict verdict, String message, Conformance conformance) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Project project = options.project();
    TlcTools tools = options.tools();
    List<Result> results = new ArrayList<>();
    List<Manifest.Model> models = selection.of(options.manifest());
    try (EvaluatorPool evaluators = new EvaluatorPool()) {
      for (Manifest.Model model : models) {
        Console console = new Console(output.text(), options.terminal(), options.quiet());
        long started = System.nanoTime();
        long expected = model.pinned().states();
        try (ModelSession session = ModelSession.open(project, model, tools, evaluators)) {
          Conformance found =
              session.conform(
                  (states, edges, queue) ->
                      console.working(
                          model.name(), Progress.since(started, states, expected, queue)));
          console.close();
          ClaimJudge.Judgement judgement = ConformanceJudge.judge(model, found);
          Result result = new Result(model.name(), judgement.verdict(), judgement.message(), found);
          results.add(result);
          if (output.isText()) {
            print(result, output.text());
          }
        }
      }
    }
    output.json(results);
    return Summary.print(results.stream().map(Result::verdict).toList(), output.text());
  }

  private static void print(Result result, PrintWriter out) {
    Conformance found = result.conformance();
    out.println(Console.line(result.model(), result.verdict(), result.message()));
    out.printf(
        Locale.ROOT,
        "  %s, %s, %s, %s, %s, %.1f s%n",
        Plural.of(found.initialStates(), "initial state"),
        Plural.of(found.states(), "state"),
        Plural.of(found.edges(), "edge"),
        Plural.of(found.refusals(), "refusal"),
        Plural.of(found.ramImages(), "RAM image"),
        found.seconds());
    out.flush();
  }
}
