package io.ringfence.verify;

import io.ringfence.conform.Conformance;
import io.ringfence.conform.GraphRecorder;
import io.ringfence.conform.SpecGraph;
import io.ringfence.tlc.ClassArchive;
import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcResult;
import io.ringfence.tlc.TlcStatistics;
import io.ringfence.tlc.TlcTools;
import io.ringfence.tlc.eval.EvaluatorPool;
import io.ringfence.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Checks models: TLC on each claim, conformance on each model, and every counterexample replayed on
 * the firmware. TLC runs in processes of its own, one more at a time than there are processors, as
 * a short run of it waits as much as it computes; this process does the rest meanwhile.
 */
public final class Verifier {
  private static final int TLC_AT_ONCE = Runtime.getRuntime().availableProcessors() + 1;

  /** With fewer, an archive of classes costs more than it spares. */
  private static final int MANY_MODELS = 10;

  private final Project project;
  private final Map<String, List<String>> variants;
  private final TlcTools tools;
  private final VerifyListener listener;
  private final Duration limit;
  private final boolean separate;
  private int badInputs;

  /**
   * Prepares a run.
   *
   * @param variants on which designs the counterexamples of each spec are replayed, see {@link
   *     Manifest#variants}
   * @param limit wall-clock limit of each TLC run
   * @param separate whether TLC runs on each claim alone, also where one run can confirm several
   */
  public Verifier(
      Project project,
      Map<String, List<String>> variants,
      TlcTools tools,
      Duration limit,
      boolean separate,
      VerifyListener listener) {
    this.project = project;
    this.variants = Map.copyOf(variants);
    this.tools = tools;
    this.listener = listener;
    this.limit = limit;
    this.separate = separate;
  }

  /** Of how many models the text could not be read, which their records say. */
  public int badInputs() {
    return badInputs;
  }

  /**
   * Checks models. The largest come first, so that none of them is left alone at the end.
   *
   * @return the records in the order of the models
   * @throws IOException if there is no place for temporary files
   */
  public List<RunRecord.ModelRecord> verify(List<Manifest.Model> models)
      throws IOException, InterruptedException {
    listener.planned(models.stream().mapToInt(model -> 1 + model.claims().size()).sum());
    if (models.size() < MANY_MODELS) {
      return verify(models, List.of());
    }
    try (ClassArchive archive = ClassArchive.create(tools.jar(), TlcClaims.SHORT_RUN)) {
      return verify(models, archive.options());
    }
  }

  private List<RunRecord.ModelRecord> verify(List<Manifest.Model> models, List<String> jvmOptions)
      throws IOException, InterruptedException {
    ClaimRuns claims =
        new ClaimRuns(project, tools, new TlcClaims(project, tools, limit, jvmOptions), separate);
    ExecutorService pool = Executors.newFixedThreadPool(TLC_AT_ONCE);
    try (EvaluatorPool evaluators = new EvaluatorPool()) {
      List<Manifest.Model> largestFirst =
          models.stream()
              .sorted(Comparator.comparingLong(model -> -model.pinned().edges()))
              .toList();
      Map<Manifest.Model, Future<Map<Manifest.Claim, TlcResult>>> runs = new HashMap<>();
      for (Manifest.Model model : largestFirst) {
        runs.put(model, pool.submit(() -> claims.run(model)));
      }
      Map<Manifest.Model, RunRecord.ModelRecord> records = new HashMap<>();
      for (Manifest.Model model : largestFirst) {
        records.put(
            model,
            verify(model, evaluators, Objects.requireNonNull(runs.get(model), "all were started")));
      }
      return models.stream().map(records::get).toList();
    } finally {
      pool.shutdownNow();
    }
  }

  private RunRecord.ModelRecord verify(
      Manifest.Model model, EvaluatorPool evaluators, Future<Map<Manifest.Claim, TlcResult>> run)
      throws InterruptedException {
    try (ModelSession session = ModelSession.open(project, model, tools, evaluators)) {
      long started = System.nanoTime();
      long expected = model.pinned().states();
      Conformance conformance = null;
      GraphRecorder recorder = new GraphRecorder(GraphRecord.MOST_STATES, GraphRecord.MOST_EDGES);
      ClaimJudge.Judgement judgement;
      try {
        conformance =
            session.conform(
                (states, edges, queue) ->
                    listener.working(
                        model.name(), Progress.since(started, states, expected, queue)),
                recorder);
        judgement = ConformanceJudge.judge(model, conformance);
      } catch (RuntimeException e) {
        judgement = error(e);
      }
      listener.finished(model.name() + ": conformance", judgement.verdict(), judgement.message());
      List<RunRecord.ClaimRecord> records = new ArrayList<>();
      for (Manifest.Claim claim : model.claims()) {
        RunRecord.ClaimRecord record = claim(model, claim, run, session, conformance);
        listener.finished(record.config(), record.verdict(), record.message());
        records.add(record);
      }
      GraphRecord graph = graph(model, recorder.graph(), records);
      return record(model, session.constants(), records, judgement, conformance, graph);
    } catch (IOException | RuntimeException e) {
      badInputs += e instanceof BadInputException ? 1 : 0;
      ClaimJudge.Judgement failure = error(e);
      listener.finished(model.name() + ": conformance", failure.verdict(), failure.message());
      List<RunRecord.ClaimRecord> records = new ArrayList<>();
      for (Manifest.Claim claim : model.claims()) {
        listener.finished(claim.config(), failure.verdict(), failure.message());
        records.add(unchecked(claim, List.of(), failure));
      }
      return record(model, Map.of(), records, failure, null, null);
    }
  }

  /** Keeps the state graph of a small model, with the ways of the counterexamples. */
  private static @Nullable GraphRecord graph(
      Manifest.Model model, @Nullable SpecGraph graph, List<RunRecord.ClaimRecord> claims) {
    if (graph == null) {
      return null;
    }
    Map<String, Trace> found = new LinkedHashMap<>();
    for (RunRecord.ClaimRecord claim : claims) {
      if (claim.counterexample() != null) {
        found.put(claim.counterexample().file(), claim.counterexample().trace());
      }
    }
    return GraphEncoder.encode(model.name(), graph, found);
  }

  private static ClaimJudge.Judgement error(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return new ClaimJudge.Judgement(Verdict.ERROR, message);
  }

  private RunRecord.ClaimRecord claim(
      Manifest.Model model,
      Manifest.Claim claim,
      Future<Map<Manifest.Claim, TlcResult>> run,
      ModelSession session,
      @Nullable Conformance conformance)
      throws InterruptedException {
    List<String> properties =
        ConfigText.read(project.models().resolve(claim.config())).properties();
    TlcResult result;
    try {
      result = Objects.requireNonNull(run.get().get(claim), "every claim was run");
    } catch (ExecutionException e) {
      return unchecked(claim, properties, error(e.getCause() == null ? e : e.getCause()));
    }
    ClaimJudge.Judgement judgement = ClaimJudge.judge(model, claim, result);
    String violated = null;
    RunRecord.CounterexampleRecord counterexample = null;
    if (result.outcome() instanceof TlcOutcome.Violated found) {
      violated = found.property().orElse(null);
      try {
        counterexample = counterexample(model, claim, found, session);
        if (judgement.verdict() == Verdict.EXPECTED_VIOLATION) {
          judgement = ReplayJudge.judge(claim, counterexample);
        }
      } catch (RuntimeException e) {
        judgement = error(e);
      }
    } else if (judgement.verdict() == Verdict.PASS) {
      judgement = agree(result, conformance);
    }
    return new RunRecord.ClaimRecord(
        claim.config(),
        claim.expect(),
        properties,
        judgement.verdict(),
        judgement.message(),
        violated,
        tlc(project.models().resolve(model.module()), result),
        counterexample);
  }

  /** A claim about which nothing is known, and why. */
  private static RunRecord.ClaimRecord unchecked(
      Manifest.Claim claim, List<String> properties, ClaimJudge.Judgement failure) {
    return new RunRecord.ClaimRecord(
        claim.config(),
        claim.expect(),
        properties,
        failure.verdict(),
        failure.message(),
        null,
        null,
        null);
  }

  /** Two engines went through the model: TLC, and the conformance check with TLC's evaluator. */
  private static ClaimJudge.Judgement agree(TlcResult result, @Nullable Conformance conformance) {
    long distinct = result.statistics().distinct().orElse(-1);
    if (conformance != null
        && conformance.difference() == null
        && conformance.states() != distinct) {
      return new ClaimJudge.Judgement(
          Verdict.ERROR,
          "TLC found "
              + distinct
              + " distinct states and the conformance check "
              + conformance.states()
              + "; one of them is wrong");
    }
    return new ClaimJudge.Judgement(Verdict.PASS, "");
  }

  private RunRecord.CounterexampleRecord counterexample(
      Manifest.Model model, Manifest.Claim claim, TlcOutcome.Violated found, ModelSession session) {
    Trace trace = session.trace(claim, found, tools);
    String file = "traces/" + model.name() + "." + found.property().orElse("trace") + ".itf.json";
    return new RunRecord.CounterexampleRecord(
        file, trace, session.replay(trace), elsewhere(model, claim, trace, session));
  }

  private List<RunRecord.OtherReplay> elsewhere(
      Manifest.Model model, Manifest.Claim claim, Trace trace, ModelSession session) {
    List<String> required = claim.partings().stream().map(Manifest.Parting::design).toList();
    Set<String> designs = new LinkedHashSet<>(variants.getOrDefault(model.spec(), List.of()));
    designs.remove(model.variant());
    designs.addAll(required);
    return designs.stream()
        .map(design -> session.replayElsewhere(trace, design, required.contains(design)))
        .toList();
  }

  private static RunRecord.TlcRecord tlc(Path module, TlcResult result) {
    TlcStatistics statistics = result.statistics();
    return new RunRecord.TlcRecord(
        PortableCommand.of(module, result.command()),
        result.version(),
        statistics.initial().orElse(0),
        statistics.generated().orElse(0),
        statistics.distinct().orElse(0),
        statistics.depth().isPresent() ? statistics.depth().getAsInt() : null,
        probability(statistics.optimisticCollision()),
        probability(statistics.actualCollision()),
        result.wallTime().toMillis() / 1e3);
  }

  private static @Nullable String probability(OptionalDouble probability) {
    return probability.isPresent()
        ? String.format(java.util.Locale.ROOT, "%.1E", probability.getAsDouble())
        : null;
  }

  private static RunRecord.ModelRecord record(
      Manifest.Model model,
      Map<String, String> constants,
      List<RunRecord.ClaimRecord> claims,
      ClaimJudge.Judgement judgement,
      @Nullable Conformance conformance,
      @Nullable GraphRecord graph) {
    return new RunRecord.ModelRecord(
        model.name(),
        model.title(),
        model.spec(),
        model.module(),
        model.scope(),
        model.variant(),
        model.fixes(),
        model.defects(),
        model.bounds(),
        model.assumptions(),
        constants,
        model.notApplicable(),
        model.shownIn(),
        claims,
        judgement.verdict(),
        judgement.message(),
        conformance,
        graph);
  }
}
