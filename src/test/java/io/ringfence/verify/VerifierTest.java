package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
          .filteredOn(RunRecord.OtherReplay::required)
          .isNotEmpty()
          .allSatisfy(other -> assertThat(other.partsAt()).isPositive());
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
  void everyCounterexampleIsReplayedOnEachVariantOfItsSpec() throws Exception {
    RunRecord.CounterexampleRecord found =
        Objects.requireNonNull(
            RunOfTwoModels.get().models().get(0).claims().get(1).counterexample());
    assertThat(found.elsewhere())
        .extracting(RunRecord.OtherReplay::design)
        .containsExactly(
            "ORIG", "B502", "V1_ALL_USER", "SPLIT_KHEAP", "V2_SPLIT", "HARDENED", "-S-01");
    assertThat(found.elsewhere())
        .filteredOn(RunRecord.OtherReplay::required)
        .extracting(RunRecord.OtherReplay::design)
        .containsExactly("-S-01");
  }

  private static RunRecord.ClaimRecord parting(String name, String config, String design)
      throws Exception {
    Manifest.Model model = RunOfTwoModels.model(name);
    List<Manifest.Claim> claims =
        model.claims().stream()
            .filter(claim -> claim.config().equals(config))
            .map(claim -> new Manifest.Claim(config, claim.expect(), List.of(design)))
            .toList();
    return verify(RunOfTwoModels.changed(model, model.pinned(), claims)).claims().get(0);
  }

  /** O-03 gives the scheduler a second list head, and repairs nothing of this. */
  @Test
  void aFixThatOnlyChangesHowTheFirmwareStartsIsNoRepair() throws Exception {
    String config = "ll/LlUserUnprepared.DOM-2.cfg";
    RunRecord.ClaimRecord irrelevant = parting("LlUserUnprepared", config, "+O-03");
    assertThat(irrelevant.verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(irrelevant.message()).contains("starts otherwise on +O-03", "next.temp");
    assertThat(parting("LlUserUnprepared", config, "+R-100").verdict())
        .isEqualTo(Verdict.EXPECTED_VIOLATION);
  }

  /** O-05 makes the scheduler record whose callback executes; nobody frees that task here. */
  @Test
  void whatOnlyTheOtherDesignRecordsIsNoRepair() throws Exception {
    RunRecord.ClaimRecord claim = parting("LlPlaced", "ll/LlPlaced.TSK-1.cfg", "+O-05");
    assertThat(claim.verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(claim.message()).contains("happens on +O-05 too");
  }

  @Test
  void aDefectInTheInitialMemoryHasToBeSaidToBeThere() throws Exception {
    String config = "ll/LlB30.CNT-1.cfg";
    assertThat(parting("LlB30", config, "-B-30 initially").verdict())
        .isEqualTo(Verdict.EXPECTED_VIOLATION);
    assertThat(parting("LlB30", config, "-B-30").message())
        .contains("write '-B-30 initially'", "ntasks: 1 -> 0");
    assertThat(parting("LlUserUnprepared", "ll/LlUserUnprepared.DOM-2.cfg", "+R-100 initially"))
        .satisfies(
            claim -> {
              assertThat(claim.verdict()).isEqualTo(Verdict.DIVERGED);
              assertThat(claim.message()).contains("remove 'initially'");
            });
  }

  @Test
  void aRepairThatTheFirmwareDoesNotHaveIsAnError() throws Exception {
    RunRecord.ClaimRecord claim =
        parting("LlUserUnprepared", "ll/LlUserUnprepared.DOM-2.cfg", "+R-999");
    assertThat(claim.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(claim.message()).contains("cannot be replayed on +R-999", "no fix 'R-999'");
  }

  @Test
  void aPropertyThatNothingInACompleteRunBreaksIsVacuous() throws Exception {
    List<RunRecord.ModelRecord> models = RunOfTwoModels.get().models();
    RunRecord complete =
        new RunRecorder(RunOfTwoModels.PROJECT, RunOfTwoModels.MANIFEST)
            .record(List.of("test"), Instant.now(), Map.of(), Map.of(), Map.of(), models, true);
    RunRecord.ClaimRecord holds = complete.models().get(0).claims().get(0);
    assertThat(holds.verdict()).isEqualTo(Verdict.VACUOUS);
    assertThat(holds.message()).contains("IndexInRangeInv").doesNotContain("SideExclusiveInv");
    assertThat(complete.models().get(0).claims().get(1).verdict())
        .isEqualTo(Verdict.EXPECTED_VIOLATION);
  }

  @Test
  void theCommandsOfARunNameNoPlaceOfThisMachine() throws Exception {
    String checkout = RunOfTwoModels.PROJECT.root().toAbsolutePath().normalize().toString();
    for (RunRecord.ModelRecord model : RunOfTwoModels.get().models()) {
      for (RunRecord.ClaimRecord claim : model.claims()) {
        assertThat(claim.tlc()).isNotNull();
        assertThat(String.join(" ", claim.tlc().command()))
            .startsWith("java ")
            .contains(" -DTLA-Library=../../spec ", " MCOwnership.tla")
            .doesNotContain(checkout, System.getProperty("java.io.tmpdir"), ".m2");
      }
    }
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
