package io.ringfence.tlc;

import static io.ringfence.tlc.TlaResources.file;
import static io.ringfence.tlc.TlaResources.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.FailureKind;
import io.ringfence.tlc.TlcOutcome.Incomplete;
import io.ringfence.tlc.TlcOutcome.IncompleteReason;
import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcOutcome.ViolationKind;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLC 2.18 does with small models, each of which shows one thing. */
@Timeout(180)
class TlcRunnerTest {
  private static TlcResult run(String module) throws IOException, InterruptedException {
    return run(job(module, module));
  }

  private static TlcResult run(TlcJob job) throws IOException, InterruptedException {
    return new TlcRunner().run(job, ProgressListener.NONE);
  }

  private static TlcJob with(TlcJob job, int workers, Duration limit, List<String> jvmArgs) {
    return new TlcJob(
        job.rootModule(),
        job.config(),
        job.libraryDirs(),
        workers,
        limit,
        64,
        false,
        jvmArgs,
        job.tlcJar());
  }

  private static Value value(TlcState state, String variable) {
    return Objects.requireNonNull(state.values().get(variable));
  }

  @Test
  void reportsSuccessWithItsCounts() throws Exception {
    List<Long> progress = new ArrayList<>();
    TlcJob job = with(job("Counter", "Counter"), 1, Duration.ofMinutes(1), List.of());

    TlcResult result =
        new TlcRunner().run(job, (generated, distinct, queue) -> progress.add(distinct));

    assertThat(result.outcome()).isEqualTo(new Success());
    assertThat(result.statistics().initial()).hasValue(1);
    assertThat(result.statistics().generated()).hasValue(9);
    assertThat(result.statistics().distinct()).hasValue(5);
    assertThat(result.statistics().leftOnQueue()).hasValue(0);
    assertThat(result.statistics().depth()).hasValue(3);
    assertThat(result.statistics().optimisticCollision().getAsDouble()).isBetween(0.0, 1E-15);
    assertThat(result.version()).startsWith("TLC2 Version ");
    assertThat(result.exitCode()).hasValue(0);
    assertThat(result.command()).contains("-fp", "-seed", "-metadir", "-deadlock");
    assertThat(progress).endsWith(5L);
  }

  @Test
  void countsHowOftenEachActionIsTaken() throws Exception {
    TlcResult result = run(job("Counted", "Counted").withCoverage(true));

    assertThat(result.outcome()).isEqualTo(new Success());
    assertThat(result.statistics().actions())
        .containsExactlyInAnyOrder(
            new ActionCount("Up", "Counted", 6, 4),
            new ActionCount("Mixed", "Counted", 8, 1),
            new ActionCount("Mixed", "Counted", 9, 0),
            new ActionCount("Other!Step", "Counted", 4, 1),
            new ActionCount("Next", "Counted", 14, 0));
    assertThat(run(job("Counted", "Counted")).statistics().actions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "InvariantBroken, INVARIANT, Inv, 3",
    "InvariantBrokenInitially, INVARIANT, Inv, 1",
    "StepPropertyBroken, ACTION_PROPERTY, MonoProp, 4",
    "InitialPropertyBroken, ACTION_PROPERTY, RefProp, 1",
    "Refined, ACTION_PROPERTY, AbsSafe, 5",
    "LassoProperty, TEMPORAL, LiveProp, 4",
    "Deadlock, DEADLOCK, , 3",
    "FailedAssert, ASSERT, , 3",
    "PrintsMarkers, INVARIANT, Inv, 3"
  })
  void namesTheBrokenPropertyAndGivesTheTrace(
      String module, ViolationKind kind, String property, int states) throws Exception {
    Violated violated =
        assertThat(run(module).outcome()).asInstanceOf(type(Violated.class)).actual();

    assertThat(violated.kind()).isEqualTo(kind);
    assertThat(violated.property().orElse(null)).isEqualTo(property);
    assertThat(violated.trace()).hasSize(states);
  }

  @Test
  void keepsActionsAndLocationsOfATrace() throws Exception {
    Violated violated = (Violated) run("StepPropertyBroken").outcome();

    assertThat(violated.trace().get(0).action()).isEmpty();
    assertThat(violated.trace())
        .extracting(state -> state.action().orElse("-"))
        .containsExactly("-", "Step", "Step", "Back");
    assertThat(violated.trace().get(3).location().orElseThrow())
        .isEqualTo("line 6, col 9 to line 6, col 38 of module StepPropertyBroken");
    assertThat(violated.trace().get(2).values())
        .containsExactly(Map.entry("x", IntValue.of(2)), Map.entry("y", IntValue.of(0)));
  }

  @Test
  void readsValuesThatTlcWrapsOverManyLines() throws Exception {
    Violated violated = (Violated) run("WideValues").outcome();

    Value thread = value(violated.trace().get(0), "thread");
    assertThat(thread).isInstanceOf(RecordValue.class);
    assertThat(thread.toString()).contains("[aaa |-> 10, bbb |-> {}]");
  }

  @Test
  void doesNotTakeAStringInAStateForAMarker() throws Exception {
    Violated violated = (Violated) run("InvariantBroken").outcome();

    RecordValue y = (RecordValue) value(violated.trace().get(2), "y");
    assertThat(y.get("a")).isEqualTo(StringValue.of("x\n@!@!@STARTMSG"));
  }

  @Test
  void tellsWhereALassoReturns() throws Exception {
    assertThat(((Violated) run("LassoProperty").outcome()).loop()).hasValue(1);
  }

  @Test
  void tellsThatABehaviorEndsByStutteringAndLeavesAnAmbiguousNameOpen() throws Exception {
    TlcJob job =
        with(job("StutteringProperty", "StutteringProperty"), 1, Duration.ofMinutes(1), List.of());

    Violated violated = (Violated) run(job).outcome();

    assertThat(violated.loop()).hasValue(violated.trace().size() - 1);
    assertThat(violated.property()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SyntaxError, PARSE, SyntaxError.tla:4",
    "LexicalError, PARSE, LexicalError.tla:5",
    "UnknownOperator, PARSE, UnknownOperator.tla:4",
    "MissingModule, PARSE, MissingModule.tla",
    "ExtendsSyntaxError, PARSE, SyntaxError.tla:4",
    "MisnamedModule, PARSE, MisnamedModule.tla",
    "UnknownInvariant, CONFIG, UnknownInvariant.cfg:3",
    "UnknownKeyword, CONFIG, UnknownKeyword.cfg:3",
    "MissingConstant, CONFIG, MissingConstant.cfg",
    "FalseAssumption, ASSUMPTION, FalseAssumption.tla:4",
    "AssumptionWithoutValue, ASSUMPTION, AssumptionWithoutValue.tla:4",
    "StepWithoutValue, EVALUATION, StepWithoutValue.tla:5",
    "NoInitialState, NO_STATES, NoInitialState.tla",
    "NothingInModel, NO_STATES, NothingInModel.tla"
  })
  void saysWhereABadModelIsBad(String module, FailureKind kind, String place) throws Exception {
    Failed failed = assertThat(run(module).outcome()).asInstanceOf(type(Failed.class)).actual();

    assertThat(failed.kind()).isEqualTo(kind);
    assertThat(failed.location()).hasToString("Optional[" + file(place) + "]");
    assertThat(failed.describe()).startsWith(file(place) + ": ");
  }

  @ParameterizedTest
  @CsvSource({
    "InitWithoutValue, EVALUATION",
    "InvariantWithoutValue, EVALUATION",
    "IncompleteStep, EVALUATION",
    "EndlessRecursion, STACK_OVERFLOW",
    "EndlessRecursionInitially, STACK_OVERFLOW"
  })
  void tellsWhatCannotBeEvaluated(String module, FailureKind kind) throws Exception {
    assertThat(run(module).outcome())
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.kind()).isEqualTo(kind));
  }

  @Test
  void saysWhatTheParserFound() throws Exception {
    assertThat(((Failed) run("UnknownOperator").outcome()).message()).contains("`zz'");
    assertThat(((Failed) run("MissingModule").outcome()).message()).contains("NoSuchModule");
    assertThat(((Failed) run("MisnamedModule").outcome()).message()).contains("AnotherName");
    assertThat(((Failed) run("UnknownInvariant").outcome()).message()).contains("Nope");
  }

  @Test
  void saysWhichFileIsMissing() throws Exception {
    assertThat(((Failed) run(job("NoSuchFile", "Counter")).outcome()).describe())
        .startsWith(file("NoSuchFile.tla").toString());
    assertThat(((Failed) run(job("Counter", "NoSuchFile")).outcome()).describe())
        .startsWith(file("NoSuchFile.cfg").toString());
  }

  @Test
  void endsWhenTheHeapIsExhausted() throws Exception {
    TlcJob job = with(job("OutOfMemory", "OutOfMemory"), 1, Duration.ofMinutes(1), List.of());

    assertThat(run(job).outcome())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.OUT_OF_MEMORY));
  }

  @Test
  void doesNotBelieveTlcWhenItStopsEarly() throws Exception {
    TlcJob job =
        with(
            job("Endless", "Endless"), 1, Duration.ofMinutes(1), List.of("-Dtlc2.TLC.stopAfter=2"));

    assertThat(run(job).outcome())
        .isInstanceOfSatisfying(
            Incomplete.class,
            incomplete -> {
              assertThat(incomplete.reason()).isEqualTo(IncompleteReason.LEFT_ON_QUEUE);
              assertThat(incomplete.message()).endsWith("early: -Dtlc2.TLC.stopAfter.");
            });
  }

  @Test
  void namesWhatInASpecificationStopsTlcEarly() throws Exception {
    assertThat(run("StopsEarly").outcome())
        .isInstanceOfSatisfying(
            Incomplete.class,
            incomplete -> {
              assertThat(incomplete.reason()).isEqualTo(IncompleteReason.LEFT_ON_QUEUE);
              assertThat(incomplete.message())
                  .endsWith("early: TLCSet(\"exit\", ...) in the specification.");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALIAS", "POSTCONDITION"})
  void tellsAKeywordOfLaterReleasesFromANameThatIsNotDefined(
      String keyword, @TempDir Path directory) throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("Later.cfg"),
            "INIT Init\nNEXT Next\nINVARIANT Inv\n" + keyword + " Inv\n");
    TlcJob job = job("StopsEarly", "StopsEarly");

    Failed failed =
        assertThat(run(job.on(job.rootModule(), config, List.of())).outcome())
            .asInstanceOf(type(Failed.class))
            .actual();

    assertThat(failed.kind()).isEqualTo(FailureKind.CONFIG);
    assertThat(failed.describe())
        .startsWith(config + ":4: ")
        .contains(keyword + " is a keyword of later releases, which this TLC does not know. Remove")
        .doesNotContain("Define it");
  }

  @ParameterizedTest
  @CsvSource({"SyntaxError, 4", "ExtendsSyntaxError, 4", "StepWithoutValue, 5"})
  void namesAFileByThePathThatItWasGiven(String module, int line) throws Exception {
    Path folder = Path.of("src/test/resources/tlc");
    TlcJob job = job(module, module);
    TlcJob relative =
        job.on(folder.resolve(module + ".tla"), folder.resolve(module + ".cfg"), List.of());
    String wrong = module.replace("Extends", "");

    assertThat(((Failed) run(relative).outcome()).describe())
        .startsWith(folder.resolve(wrong + ".tla") + ":" + line + ": ");
  }

  @Test
  void stopsAtTheTimeLimit() throws Exception {
    TlcResult result = run(with(job("Endless", "Endless"), 2, Duration.ofSeconds(4), List.of()));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Incomplete.class,
            incomplete -> assertThat(incomplete.reason()).isEqualTo(IncompleteReason.TIMEOUT));
    assertThat(result.wallTime()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
  }

  @Test
  void refusesTemporalPropertiesWithSeveralWorkers() throws Exception {
    TlcJob job =
        with(job("StutteringProperty", "StutteringProperty"), 2, Duration.ofMinutes(1), List.of());

    assertThat(run(job).outcome())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.UNSOUND);
              assertThat(failed.message()).contains("1 worker");
            });
  }

  @Test
  void checksStepPropertiesWithSeveralWorkers() throws Exception {
    TlcJob job = with(job("Queues", "QueuesAll"), 2, Duration.ofMinutes(1), List.of());

    assertThat(run(job).outcome()).isEqualTo(new Success());
  }

  @Test
  void runsSeveralAtATimeInOneDirectory() {
    List<CompletableFuture<TlcOutcome>> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return run("StepPropertyBroken").outcome();
                } catch (IOException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    assertThat(runs).allSatisfy(run -> assertThat(run.join()).isEqualTo(runs.get(0).join()));
    assertThat(runs.get(0).join()).isInstanceOf(Violated.class);
  }

  @Test
  void saysThatTheToolsAreMissing() {
    assertThatThrownBy(() -> TlcTools.of(Path.of("none.jar")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.jar: no such file");
  }

  @Test
  void knowsTheVersionOfTheTools() throws Exception {
    assertThat(TlcTools.onClassPath().version()).isEqualTo("Version 2.18 of 20 March 2023");
  }
}
