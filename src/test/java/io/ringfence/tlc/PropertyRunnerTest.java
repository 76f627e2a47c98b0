package io.ringfence.tlc;

import static io.ringfence.tlc.TlaResources.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.FailureKind;
import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcOutcome.ViolationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every property is decided as a run on it alone decides it, whatever else is violated. */
@Timeout(180)
class PropertyRunnerTest {
  private static final String BEHAVIOR = "SPECIFICATION Spec\n";

  @TempDir Path directory;

  private TlcJob job(String module, String config, boolean deadlockCheck) throws IOException {
    return new TlcJob(
        file(module + ".tla"),
        Files.writeString(directory.resolve("Checked.cfg"), config),
        List.of(),
        1,
        Duration.ofMinutes(1),
        128,
        deadlockCheck,
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        TlaResources.tlcJar());
  }

  private PropertyResults run(String module, String config, String... alone) throws Exception {
    return new PropertyRunner().run(job(module, config, true), Set.of(alone));
  }

  private static Map<String, TlcOutcome> outcomes(PropertyResults results) {
    Map<String, TlcOutcome> outcomes = new HashMap<>();
    results.properties().forEach((name, result) -> outcomes.put(name, result.outcome()));
    return outcomes;
  }

  @Test
  void aPropertyHidesNoOther() throws Exception {
    String invariants = "INVARIANTS TypeOK NarrowInv ThirdInv SumInv\n";
    String properties = "PROPERTIES OneStepProp NoRightProp OnlyUpProp ArrivesProp\n";

    PropertyResults results =
        run("Claims", BEHAVIOR + invariants + properties + "CHECK_DEADLOCK FALSE\n");

    Map<String, TlcOutcome> alone = new HashMap<>();
    for (String name : results.properties().keySet()) {
      String keyword = name.endsWith("Prop") ? "PROPERTY " : "INVARIANT ";
      TlcJob job = job("Claims", BEHAVIOR + keyword + name, false);
      alone.put(name, new TlcRunner().run(job, ProgressListener.NONE).outcome());
    }
    assertThat(results.properties().keySet())
        .containsExactly(
            "TypeOK",
            "NarrowInv",
            "ThirdInv",
            "SumInv",
            "OneStepProp",
            "NoRightProp",
            "OnlyUpProp",
            "ArrivesProp");
    assertThat(outcomes(results)).isEqualTo(alone);
    assertThat(alone.values().stream().filter(Success.class::isInstance)).hasSize(3);
    assertThat(results.exploration().outcome()).isEqualTo(new Success());
  }

  @Test
  void namesEachOfSeveralViolatedPropertiesOfBehaviors() throws Exception {
    PropertyResults results =
        run("StutteringProperty", BEHAVIOR + "PROPERTIES LiveProp Live2\nCHECK_DEADLOCK FALSE");

    assertThat(outcomes(results).values())
        .allSatisfy(
            outcome -> assertThat(((Violated) outcome).kind()).isEqualTo(ViolationKind.TEMPORAL))
        .extracting(outcome -> ((Violated) outcome).property().orElseThrow())
        .containsExactlyInAnyOrder("LiveProp", "Live2");
    assertThat(results.exploration().outcome()).isEqualTo(new Success());
  }

  @Test
  void decidesPropertiesOfAModelThatDeadlocks() throws Exception {
    PropertyResults results = run("Deadlock", "INIT Init\nNEXT Next\nINVARIANT Inv");

    assertThat(outcomes(results)).containsExactly(Map.entry("Inv", new Success()));
    assertThat(((Violated) results.exploration().outcome()).kind())
        .isEqualTo(ViolationKind.DEADLOCK);
  }

  @Test
  void findsTheDeadlockBehindAViolation() throws Exception {
    String config = BEHAVIOR + "INVARIANT SumInv";

    assertThat(((Violated) run("Claims", config).exploration().outcome()).kind())
        .isEqualTo(ViolationKind.DEADLOCK);
    assertThat(((Violated) run("Claims", config, "SumInv").exploration().outcome()).kind())
        .isEqualTo(ViolationKind.DEADLOCK);
  }

  @Test
  void leavesOpenWhatAFailedAssertHides() throws Exception {
    Path module =
        Files.writeString(
            directory.resolve("Asserts.tla"),
            """
            ---- MODULE Asserts ----
            EXTENDS Naturals, TLC
            VARIABLE x
            Init == x = 0
            Next == Assert(x < 2, "too far") /\\ x' = x + 1
            OneInv == x # 1
            ThreeInv == x # 3
            ====
            """);
    TlcJob job = job("Claims", "INIT Init\nNEXT Next\nINVARIANTS OneInv ThreeInv", true);

    PropertyResults results =
        new PropertyRunner().run(job.on(module, job.config(), List.of()), Set.of());

    assertThat(((Violated) outcomes(results).get("OneInv")).property()).contains("OneInv");
    assertThat(outcomes(results).get("ThreeInv")).isEqualTo(results.exploration().outcome());
    assertThat(((Violated) results.exploration().outcome()).kind()).isEqualTo(ViolationKind.ASSERT);
  }

  @Test
  void tellsTheLineOfTheWholeConfiguration() throws Exception {
    PropertyResults results =
        run("Claims", BEHAVIOR + "INVARIANT\n  SumInv\n  TypeOK\n  Nope \\* SumInv\n", "SumInv");

    Failed failed = (Failed) Objects.requireNonNull(outcomes(results).get("Nope"));
    assertThat(failed.kind()).isEqualTo(FailureKind.CONFIG);
    assertThat(failed.location().orElseThrow())
        .isEqualTo(new SourceLocation(directory.resolve("Checked.cfg"), 5));
    assertThat(results.exploration().outcome()).isEqualTo(failed);
    assertThat(outcomes(results).get("SumInv")).isInstanceOf(Violated.class);
  }

  @Test
  void saysThatAFileIsMissing() throws Exception {
    TlcJob job = job("Claims", BEHAVIOR, false);
    Path gone = directory.resolve("Gone");

    PropertyResults noConfig =
        new PropertyRunner().run(job.on(job.rootModule(), gone, List.of()), Set.of());
    PropertyResults noModule =
        new PropertyRunner().run(job.on(gone, job.config(), List.of()), Set.of());

    assertThat(((Failed) noConfig.exploration().outcome()).kind()).isEqualTo(FailureKind.CONFIG);
    assertThat(((Failed) noModule.exploration().outcome()).kind()).isEqualTo(FailureKind.PARSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UnknownClass", "Garbage", "Empty", "SuccessAfterViolation", "LeftOnQueue"})
  void believesNoTlcThatLies(String lie) throws Exception {
    Path module = Files.writeString(directory.resolve(lie + ".tla"), "");
    TlcJob job =
        new TlcJob(
            module,
            Files.writeString(directory.resolve(lie + ".cfg"), "INVARIANTS Inv OtherInv\n"),
            List.of(),
            1,
            Duration.ofMinutes(1),
            64,
            true,
            List.of("-XX:TieredStopAtLevel=1"),
            LyingTlc.classPath());

    PropertyResults results =
        new PropertyRunner(new TlcRunner(LyingTlc.class.getName())).run(job, Set.of("Inv"));

    assertThat(results.exploration().outcome())
        .isNotInstanceOf(Success.class)
        .isNotInstanceOf(Violated.class);
    assertThat(outcomes(results).values())
        .hasSize(2)
        .noneMatch(outcome -> outcome instanceof Success || outcome instanceof Violated);
  }
}
