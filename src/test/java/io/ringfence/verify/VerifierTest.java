package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real run passes, and anything in it that is not as the manifest expects does not. */
class VerifierTest {
  @TempDir private Path folder;

  private static Manifest.Model s01(
      Manifest.Pinned pinned, UnaryOperator<Manifest.Claim> change, String config) {
    Manifest.Model model = RunOfTwoModels.model("S01");
    return RunOfTwoModels.changed(
        model,
        pinned == null ? model.pinned() : pinned,
        model.claims().stream()
            .map(claim -> claim.config().equals(config) ? change.apply(claim) : claim)
            .toList());
  }

  private static RunRecord.ModelRecord verify(Manifest.Model model) throws Exception {
    return RunOfTwoModels.verifier().verify(List.of(model)).get(0);
  }

  @Test
  void everyCounterexampleOfARunIsReproducedByTheFirmwareAndNotByARepairedOne() throws Exception {
    RunRecord run = RunOfTwoModels.get();
    List<RunRecord.CounterexampleRecord> counterexamples =
        run.models().stream()
            .flatMap(model -> model.claims().stream())
            .map(RunRecord.ClaimRecord::counterexample)
            .filter(counterexample -> counterexample != null)
            .toList();
    assertThat(counterexamples).hasSize(2);
    for (RunRecord.CounterexampleRecord counterexample : counterexamples) {
      assertThat(counterexample.replay().reproduced()).isTrue();
      assertThat(counterexample.elsewhere())
          .isNotEmpty()
          .allSatisfy(other -> assertThat(other.partsAt()).isNotNull());
    }
    assertThat(run.models())
        .allSatisfy(
            model -> {
              assertThat(model.conformanceVerdict()).isEqualTo(Verdict.PASS);
              assertThat(model.claims())
                  .allSatisfy(claim -> assertThat(claim.verdict().passes()).isTrue());
            });
  }

  @Test
  void aPropertyThatNothingInACompleteRunBreaksIsVacuous() throws Exception {
    List<RunRecord.ModelRecord> models = RunOfTwoModels.get().models();
    RunRecord complete =
        new RunRecorder(RunOfTwoModels.PROJECT, RunOfTwoModels.MANIFEST)
            .record(List.of("test"), Instant.now(), Map.of(), Map.of(), models, true);
    RunRecord.ClaimRecord holds = complete.models().get(0).claims().get(0);
    assertThat(holds.verdict()).isEqualTo(Verdict.VACUOUS);
    assertThat(holds.message()).contains("IndexInRangeInv").doesNotContain("SideExclusiveInv");
    assertThat(complete.models().get(0).claims().get(1).verdict())
        .isEqualTo(Verdict.EXPECTED_VIOLATION);
  }

  @Test
  void theRecordOfARunIsReadAsItWasWritten() throws Exception {
    RunRecord run = RunOfTwoModels.get();
    Path file = folder.resolve("run.json");
    RunJson.write(run, file);
    assertThat(RunJson.read(file)).isEqualTo(run);
  }

  @Test
  void otherCountsThanPinnedAreAChangeForTlcAndForTheConformanceCheck() throws Exception {
    RunRecord.ModelRecord record =
        verify(s01(new Manifest.Pinned(1, 102, 433, 3203), UnaryOperator.identity(), ""));
    assertThat(record.conformanceVerdict()).isEqualTo(Verdict.CHANGED);
    assertThat(record.claims().get(0).verdict()).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void aCounterexampleThatHappensOnTheRepairedDesignTooIsADivergence() throws Exception {
    RunRecord.ModelRecord record =
        verify(
            s01(
                null,
                claim -> new Manifest.Claim(claim.config(), claim.expect(), List.of("+O-15")),
                "ownership/S01.OWN-1.cfg"));
    assertThat(record.claims().get(1).verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(record.claims().get(1).message()).contains("+O-15", "manifest");
  }

  @Test
  void aViolationWhereNoneIsExpectedAndNoneWhereOneIsAreFindings() throws Exception {
    RunRecord.ModelRecord violated =
        verify(
            s01(
                null,
                claim -> new Manifest.Claim(claim.config(), "holds", List.of()),
                "ownership/S01.OWN-1.cfg"));
    assertThat(violated.claims().get(1).verdict()).isEqualTo(Verdict.VIOLATION);
    assertThat(violated.claims().get(1).message()).contains("SideExclusiveInv");
    RunRecord.ModelRecord missing =
        verify(
            s01(
                null,
                claim -> new Manifest.Claim(claim.config(), "violates TypeOK", List.of()),
                "ownership/S01.cfg"));
    assertThat(missing.claims().get(0).verdict()).isEqualTo(Verdict.MISSING_VIOLATION);
  }

  @Test
  void aConfigurationThatIsNotThereIsAnError() throws Exception {
    RunRecord.ModelRecord record =
        verify(
            s01(
                null,
                claim -> new Manifest.Claim("ownership/Nope.cfg", claim.expect(), List.of()),
                "ownership/S01.OWN-1.cfg"));
    assertThat(record.conformanceVerdict()).isEqualTo(Verdict.ERROR);
    assertThat(record.conformanceMessage()).contains("Nope.cfg");
  }
}
