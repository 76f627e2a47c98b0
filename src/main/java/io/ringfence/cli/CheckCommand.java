package io.ringfence.cli;

import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcResult;
import io.ringfence.tlc.TlcTools;
import io.ringfence.verify.ClaimJudge;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.Plural;
import io.ringfence.verify.TlcClaims;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** TLC only. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Runs TLC on the claims of models; nothing else.",
      "A claim is a configuration of TLC (.cfg) with the outcome that is expected of it. Prints "
          + "for each whether TLC agrees, how many states it found, and how long its "
          + "counterexample is. Runs nothing on the firmware, and writes no report."
    })
final class CheckCommand implements Callable<Integer> {
  /** Each is a thread, and of some thousands TLC starts not even one. */
  private static final int MOST_WORKERS = 256;

  private static final Duration TICK = Duration.ofSeconds(1);

  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Mixin private final ModelSelection selection = new ModelSelection();

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads of TLC; with more than one, counterexamples can differ from run to run."
              + " Default: ${DEFAULT-VALUE}.")
  private int workers;

  @Mixin private final TimeLimit limit = new TimeLimit(36_000);

  @Mixin private final Output output = new Output();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /**
   * What TLC said about a claim.
   *
   * @param counterexample how long it is and how it goes on for ever; empty if there is none
   */
  private record Result(
      String model,
      String config,
      String expected,
      Verdict verdict,
      String message,
      String counterexample,
      long distinct,
      long generated,
      double seconds) {}

  CheckCommand() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--workers should be from 1 to "
              + MOST_WORKERS
              + " and is "
              + workers
              + "; more than the machine has processors are of no use");
    }
    Duration each = limit.duration();
    TlcTools tools = options.tools();
    TlcClaims claims = new TlcClaims(options.project(), tools, each);
    List<Result> results = new ArrayList<>();
    boolean badInput = false;
    for (Manifest.Model model : selection.of(options.manifest())) {
      for (Manifest.Claim claim : model.claims()) {
        TlcResult result = run(claims, model, claim);
        badInput |= isBadInput(result.outcome());
        ClaimJudge.Judgement judgement = ClaimJudge.judge(model, claim, result);
        Result found =
            new Result(
                model.name(),
                claim.config(),
                claim.expect(),
                judgement.verdict(),
                judgement.message(),
                counterexample(result.outcome()),
                result.statistics().distinct().orElse(0),
                result.statistics().generated().orElse(0),
                result.wallTime().toMillis() / 1e3);
        results.add(found);
        if (output.isText()) {
          print(found, output.text());
        }
      }
    }
    output.json(results);
    int code = Summary.print(results.stream().map(Result::verdict).toList(), output.text());
    return badInput ? ExitCode.USAGE : code;
  }

  private TlcResult run(TlcClaims claims, Manifest.Model model, Manifest.Claim claim)
      throws IOException, InterruptedException {
    Console console = new Console(output.text(), options.terminal(), options.quiet());
    try (TickingLine line =
        new TickingLine(console, claim.config(), model.pinned().states(), TICK)) {
      return claims.run(model, claim, workers, line);
    }
  }

  private static boolean isBadInput(TlcOutcome outcome) {
    return outcome instanceof TlcOutcome.Failed failed && failed.kind().isBadInput();
  }

  private static String counterexample(TlcOutcome outcome) {
    if (!(outcome instanceof TlcOutcome.Violated violated)) {
      return "";
    }
    String steps = Plural.of(violated.trace().size() - 1, "step");
    return violated.ending().isEmpty() ? steps : steps + "; " + violated.ending();
  }

  private static void print(Result found, PrintWriter out) {
    out.println(Console.line(found.config(), found.verdict(), found.message()));
    out.printf(
        Locale.ROOT,
        "  %s, %d generated, %.1f s%n",
        Plural.of(found.distinct(), "distinct state"),
        found.generated(),
        found.seconds());
    if (!found.counterexample().isEmpty()) {
      out.println("  counterexample: " + found.counterexample());
    }
    out.flush();
  }
}
