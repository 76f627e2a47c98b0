package io.ringfence.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.FailureKind;
import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcOutcome.ViolationKind;
import io.ringfence.tlc.eval.PropertyShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLC succeeds, and not every success of it says that every behavior is as it should be. */
@Timeout(180)
class ConfirmedSuccessTest {
  /** Counts to 3 and begins again. */
  private static final String ROUND =
      """
      VARIABLE x
      Init == x = 0
      Inc == x < 3 /\\ x' = x + 1
      Reset == x = 3 /\\ x' = 0
      Next == Inc \\/ Reset
      Spec == Init /\\ [][Next]_x /\\ WF_x(Next)
      Early == x < 2
      Known == x < 4
      Grows == x' > x
      NeverProp == <>(x = 9)
      ReturnsProp == []<>(x = 0)
      SmallStepProp == [][x' <= x + 1]_x
      """;

  @TempDir Path directory;

  private TlcJob job(String extended, String definitions, String config) throws IOException {
    Path module =
        Files.writeString(
            directory.resolve("Checked.tla"),
            "---- MODULE Checked ----\nEXTENDS " + extended + "\n" + definitions + "====\n");
    return new TlcJob(
        module,
        Files.writeString(directory.resolve("Checked.cfg"), config),
        List.of(),
        1,
        Duration.ofMinutes(1),
        128,
        false,
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        TlaResources.tlcJar());
  }

  private TlcOutcome run(TlcJob job) throws Exception {
    return new TlcRunner().run(job, ProgressListener.NONE).outcome();
  }

  private TlcOutcome round(String config) throws Exception {
    return run(job("Naturals", ROUND, "SPECIFICATION Spec\n" + config));
  }

  private static Failed unsound(TlcOutcome outcome) {
    Failed failed = assertThat(outcome).asInstanceOf(type(Failed.class)).actual();
    assertThat(failed.kind()).isEqualTo(FailureKind.UNSOUND);
    return failed;
  }

  @Test
  void aConstraintThatCutsStatesMakesATemporalPropertyHoldThatDoesNot() throws Exception {
    assertThat(round("PROPERTY NeverProp\n")).isInstanceOf(Violated.class);

    Failed failed = unsound(round("CONSTRAINT Known Early\nPROPERTY NeverProp\n"));

    assertThat(failed.message()).contains("temporal", "Early").doesNotContain("Known");
    assertThat(failed.describe()).startsWith(directory.resolve("Checked.cfg") + ": ");
  }

  @Test
  void aConstraintThatCutsNothingDoesNoHarm() throws Exception {
    assertThat(round("CONSTRAINT Known\nPROPERTY ReturnsProp\nINVARIANT Known\n"))
        .isEqualTo(new Success());
  }

  @Test
  void aTemporalPropertyIsViolatedWithinAConstraintToo() throws Exception {
    assertThat(round("CONSTRAINT Known\nPROPERTY NeverProp\n"))
        .isInstanceOfSatisfying(
            Violated.class,
            violated -> assertThat(violated.kind()).isEqualTo(ViolationKind.TEMPORAL));
  }

  @Test
  void aConstraintOnStepsIsRefusedWithATemporalProperty() throws Exception {
    assertThat(unsound(round("ACTION_CONSTRAINT Grows\nPROPERTY NeverProp\n")).message())
        .contains("ACTION_CONSTRAINT");
  }

  @Test
  void statesAndStepsAreCheckedWithinTheConstraints() throws Exception {
    assertThat(
            round(
                """
                CONSTRAINT Early
                ACTION_CONSTRAINT Grows
                INVARIANT Known
                PROPERTY SmallStepProp
                """))
        .isEqualTo(new Success());
  }

  /** A spec whose {@code Next} TLC explores in part, though {@code x = 0} holds in all it sees. */
  private TlcOutcome never(String next) throws Exception {
    return run(
        job(
            "Naturals, TLC, Randomization",
            """
            VARIABLE x
            Init == x = 0
            Never == x = 0
            """
                + next,
            """
            INIT Init
            NEXT Next
            INVARIANT Never
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Next == x' = 7 /\\ TLCSet(\"exit\", TRUE)\n",
        "Next == x' = 7 /\\ TLCSet (\n\"exit\", TRUE)\n",
        "Exit == \"exit\"\nNext == x' = 7 /\\ TLCSet(Exit, TRUE)\n",
        "T == INSTANCE TLC\nNext == x' = 7 /\\ T!TLCSet(\"exit\", TRUE)\n",
        "Do(F(_, _)) == F(\"exit\", TRUE)\nNext == x' = 7 /\\ Do(TLCSet)\n",
        "(* (* \" *) TLCSet(1, *) Next == x' = 7 /\\ TLCSet(\"exit\", TRUE)\n",
      })
  void aModelThatStopsTlcIsNotExplored(String next) throws Exception {
    Failed failed = unsound(never(next));

    assertThat(failed.message()).contains("TLCSet");
    assertThat(failed.describe()).startsWith(directory.resolve("Checked.tla") + ":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x' = RandomElement({0})",
        "x' \\in RandomSubset(1, {0, 0})",
        "x' = IF JavaTime > 0 THEN 0 ELSE 1"
      })
  void aModelThatChoosesAtRandomIsNotExplored(String step) throws Exception {
    Failed failed = unsound(never("\nNext ==\n  " + step + "\n"));

    assertThat(failed.message()).contains("every state");
    assertThat(failed.location()).hasToString("Optional[" + directory.resolve("Checked.tla:8]"));
  }

  @Test
  void noModuleOfTheModelEscapes() throws Exception {
    Files.writeString(
        directory.resolve("Below.tla"),
        "prose \" (*\n---- MODULE Below ----\nEXTENDS TLC\nEnd == TLCSet(\"exit\", TRUE)\n====\n");
    TlcJob job =
        job(
            "Below",
            "VARIABLE x\nInit == x = 0\nNext == x' = 7 /\\ End\nNever == x = 0\n",
            "INIT Init\nNEXT Next\nINVARIANT Never\n");

    assertThat(unsound(run(job)).location())
        .hasToString("Optional[" + directory.resolve("Below.tla:4]"));
    assertThat(
            new BatchRunner()
                .run(
                    new TlcBatch(
                        job,
                        true,
                        List.of(
                            new TlcBatch.Violation(
                                "Init", PropertyShape.STATE, directory.resolve("None.cfg")))))
                .settled())
        .isEmpty();
  }

  @Test
  void aConfigurationCannotBringItInEither() throws Exception {
    TlcJob job =
        job(
            "TLC",
            """
            VARIABLE x
            Pick(s) == CHOOSE y \\in s : TRUE
            Init == x = 0
            Next == x' = Pick({0})
            Never == x = 0
            """,
            """
            INIT Init
            NEXT Next
            INVARIANT Never
            CONSTANT Pick <- RandomElement
            """);

    assertThat(unsound(run(job)).location())
        .hasToString("Optional[" + directory.resolve("Checked.cfg:4]"));
  }

  @Test
  void whatIsNoCodeIsNoReason() throws Exception {
    assertThat(
            never(
                """
                \\* TLCSet("exit", TRUE) in a comment
                (* RandomElement(S) (* in a comment *) of a comment *)
                Text == <<"RandomElement \\" TLCSet(", "\\\\">>
                MyRandomElement == TLCEval(0)
                Next == x' = MyRandomElement /\\ TLCSet(1, TLCGet(1)) /\\ Text # <<>>
                ASSUME TLCSet(1, 0)
                """))
        .isEqualTo(new Success());
  }
}
