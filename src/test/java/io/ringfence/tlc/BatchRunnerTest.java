package io.ringfence.tlc;

import static io.ringfence.tlc.TlaResources.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.eval.PropertyShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One run says of several claims what a run of each says, or nothing. */
@Timeout(180)
class BatchRunnerTest {
  @TempDir Path directory;

  private static TlcJob job(String module, String config) {
    return new TlcJob(
        file(module + ".tla"),
        file(config + ".cfg"),
        List.of(),
        1,
        Duration.ofMinutes(1),
        128,
        false,
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        TlaResources.tlcJar());
  }

  private static List<TlcBatch.Violation> violations(String... properties) {
    return Arrays.stream(properties)
        .map(
            property ->
                new TlcBatch.Violation(
                    property,
                    property.endsWith("Inv") ? PropertyShape.STATE : PropertyShape.STEP,
                    file("Claims." + property + ".cfg")))
        .toList();
  }

  private static Map<String, TlcResult> settled(TlcBatch batch)
      throws IOException, InterruptedException {
    Map<String, TlcResult> byName = new TreeMap<>();
    new BatchRunner()
        .run(batch)
        .settled()
        .forEach(
            (config, result) ->
                byName.put(config.getFileName().toString().replace(".cfg", ""), result));
    return byName;
  }

  private static Map<String, TlcResult> settled(String holds, String... violated)
      throws IOException, InterruptedException {
    return settled(new TlcBatch(job("Claims", holds), true, violations(violated)));
  }

  private static void assertSameAsAlone(Map<String, TlcResult> settled, String... properties)
      throws IOException, InterruptedException {
    for (String property : properties) {
      TlcResult alone =
          new TlcRunner().run(job("Claims", "Claims." + property), ProgressListener.NONE);
      TlcResult one = Objects.requireNonNull(settled.get("Claims." + property));
      assertThat(one.outcome()).isEqualTo(alone.outcome()).isInstanceOf(Violated.class);
      assertThat(one.command()).contains("Claims." + property + ".cfg").doesNotContain("-continue");
    }
  }

  @Test
  void confirmsEachClaimWithTheTraceOfARunOfItsOwn() throws Exception {
    String[] properties = {"SumInv", "NarrowInv", "JunctionProp", "InstanceProp", "OnlyUpProp"};

    Map<String, TlcResult> settled = settled("Claims", properties);

    assertThat(settled).hasSize(6);
    TlcResult holds = Objects.requireNonNull(settled.get("Claims"));
    TlcResult alone = new TlcRunner().run(job("Claims", "Claims"), ProgressListener.NONE);
    assertThat(holds.outcome()).isEqualTo(new Success()).isEqualTo(alone.outcome());
    assertThat(holds.statistics()).isEqualTo(alone.statistics());
    assertSameAsAlone(settled, properties);
  }

  @Test
  void confirmsWhatIsViolatedWhereAnotherOneIsReported() throws Exception {
    String[] properties = {"SumInv", "SumToInv", "OnlyUpProp", "NoRightProp"};

    Map<String, TlcResult> settled = settled("Claims", properties);

    assertThat(settled).hasSize(5);
    assertSameAsAlone(settled, properties);
  }

  @Test
  void confirmsWhatTheInitialStateViolates() throws Exception {
    Map<String, TlcResult> settled = settled("Claims", "SumInv", "StartInv");

    assertThat(settled).hasSize(3);
    assertSameAsAlone(settled, "SumInv", "StartInv");
  }

  @Test
  void leavesOpenWhatIsNotViolated() throws Exception {
    TlcBatch batch =
        new TlcBatch(
            job("Claims", "Claims"),
            true,
            List.of(
                violations("SumInv").get(0),
                new TlcBatch.Violation("TypeOK", PropertyShape.STATE, file("Claims.TypeOK.cfg")),
                new TlcBatch.Violation(
                    "OneStepProp", PropertyShape.STEP, file("Claims.OneStepProp.cfg"))));

    assertThat(settled(batch)).containsOnlyKeys("Claims", "Claims.SumInv");
  }

  @ParameterizedTest
  @CsvSource({
    "ClaimsThird, NarrowInv",
    "ClaimsNoRight, OnlyUpProp",
    "ClaimsThird, OnlyUpProp",
    "ClaimsNoRight, SumInv"
  })
  void leavesAllOpenIfWhatShouldHoldDoesNotEvenWhereAnotherOneIsViolated(
      String holds, String violated) throws Exception {
    assertThat(settled(holds, violated)).isEmpty();
  }

  @Test
  void leavesAllOpenIfOneHasNoValue() throws Exception {
    assertThat(settled("Claims", "SumInv", "NoValueInv")).isEmpty();
  }

  @Test
  void leavesAllOpenIfTlcChecksBehaviors() throws Exception {
    assertThat(settled("ClaimsArrives", "SumInv")).isEmpty();
  }

  @Test
  void leavesAllOpenIfAnOperatorIsNamedLikeAGuard() throws Exception {
    assertThat(settled(new TlcBatch(job("ClaimsClash", "Claims"), true, violations("SumInv"))))
        .isEmpty();
  }

  @Test
  void leavesAllOpenAtTheTimeLimitAndWithoutAConfiguration() throws Exception {
    TlcJob job = job("Claims", "Claims");
    TlcJob hasty =
        new TlcJob(
            job.rootModule(),
            job.config(),
            job.libraryDirs(),
            1,
            Duration.ofMillis(50),
            job.heapMiB(),
            false,
            job.jvmArgs(),
            job.tlcJar());

    assertThat(settled(new TlcBatch(hasty, true, violations("SumInv")))).isEmpty();
    assertThat(settled("Nope", "SumInv")).isEmpty();
  }

  @Test
  void endsWhenAllIsFoundIfNothingIsToHold() throws Exception {
    Map<String, TlcResult> settled =
        settled(
            new TlcBatch(
                job("Claims", "Claims.OnlyUpProp"), false, violations("OnlyUpProp", "NarrowInv")));

    assertThat(settled).containsOnlyKeys("Claims.OnlyUpProp", "Claims.NarrowInv");
    assertThat(settled.values())
        .allSatisfy(result -> assertThat(result.statistics().distinct().orElse(25)).isLessThan(20));
  }

  @Test
  void refusesWhatItCannotGuard() {
    TlcJob job = job("Claims", "Claims");

    assertThatThrownBy(
            () -> new TlcBatch.Violation("ArrivesProp", PropertyShape.BEHAVIOR, job.config()))
        .hasMessageContaining("ArrivesProp");
    assertThatThrownBy(() -> new TlcBatch(TlaResources.job("Claims", "Claims"), true, List.of()))
        .hasMessageContaining("deadlock");
  }

  private Map<Path, TlcResult> lie(String lie) throws Exception {
    return lie(lie, "SumInv", "OnlyUpProp");
  }

  private Map<Path, TlcResult> lie(String lie, String... violated) throws Exception {
    Path config = Files.writeString(directory.resolve(lie + ".cfg"), "INVARIANT Held\n");
    TlcJob job =
        new TlcJob(
            Files.writeString(directory.resolve(lie + ".tla"), ""),
            config,
            List.of(),
            1,
            Duration.ofSeconds(60),
            64,
            false,
            List.of("-XX:TieredStopAtLevel=1"),
            LyingTlc.classPath());
    return new BatchRunner(LyingTlc.class.getName())
        .run(new TlcBatch(job, true, violations(violated)))
        .settled();
  }

  @Test
  void believesAnHonestOne() throws Exception {
    assertThat(lie("Honest")).hasSize(1);
    assertThat(lie("GuardReported")).hasSize(2);
    assertThat(lie("GuardInitially")).hasSize(2);
    assertThat(lie("GuardShared", "SumInv", "SumToInv")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LeftOnQueue",
        "EmptyInit",
        "NoInitialStatesMessage",
        "SuccessWithExitOne",
        "ExceptionAfterSuccess",
        "SuccessAfterViolation",
        "TraceWithoutViolation",
        "NoFinishedMessage",
        "NoSuccessMessage",
        "NoTotals",
        "Empty",
        "Truncated",
        "TalkAfterFinish",
        "SimulationMode",
        "CountsContradict",
        "GuardReportedTwice",
        "GuardWithoutTrace",
        "GuardOfTheOtherKind",
        "GuardWithALoop",
        "GuardInitiallyWithoutState",
        "GuardOfNothing"
      })
  void doesNotBelieveALie(String lie) throws Exception {
    assertThat(lie(lie)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GuardSharedTwice", "GuardSharedAndReported", "GuardSharedWithNothing"})
  void doesNotBelieveALieAboutTwoAtOnePlace(String lie) throws Exception {
    assertThat(lie(lie, "SumInv", "SumToInv")).isEmpty();
    // What is printed of two that cannot be at one place is a lie too.
    assertThat(lie("GuardShared", "SumInv", "OnlyUpProp")).isEmpty();
  }
}
