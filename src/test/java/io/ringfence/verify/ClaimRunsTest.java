package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcResult;
import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that are judged together get the verdicts that they get alone. */
@Timeout(300)
class ClaimRunsTest {
  private static final String STICKY = "CancelStickyProp == [][";

  @TempDir Path folder;

  private static Map<Manifest.Claim, TlcResult> run(
      Project project, Manifest.Model model, boolean separate) throws Exception {
    TlcTools tools = TlcTools.onClassPath();
    return new ClaimRuns(
            project, tools, new TlcClaims(project, tools, Duration.ofMinutes(2)), separate)
        .run(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"B502", "ChunksSeededLater", "EdfOnce", "LlB22"})
  void areConfirmedTogetherAsTheyAreAlone(String name) throws Exception {
    Manifest.Model model = RunOfTwoModels.model(name);

    Map<Manifest.Claim, TlcResult> alone = run(RunOfTwoModels.PROJECT, model, true);
    Map<Manifest.Claim, TlcResult> together = run(RunOfTwoModels.PROJECT, model, false);

    assertThat(together).hasSameSizeAs(alone).hasSizeGreaterThan(1);
    for (Manifest.Claim claim : model.claims()) {
      TlcResult one = Objects.requireNonNull(together.get(claim));
      TlcResult own = Objects.requireNonNull(alone.get(claim));
      assertThat(one.outcome()).isEqualTo(own.outcome());
      assertThat(ClaimJudge.judge(model, claim, one))
          .isEqualTo(ClaimJudge.judge(model, claim, own));
      if (claim.holds()) {
        assertThat(one.statistics()).isEqualTo(own.statistics());
      }
    }
    // Not each claim had a run of its own, or this shows nothing.
    assertThat(together.values().stream().map(TlcResult::wallTime).distinct().count())
        .isLessThan(model.claims().size());
  }

  /** Change one file of a copy, and judge the model EdfOnce. */
  private Map<String, Verdict> verdicts(String file, String regex, String replacement)
      throws Exception {
    copyProject();
    Path changed = folder.resolve(file);
    String text = Files.readString(changed);
    Files.writeString(changed, text.replaceFirst(regex, replacement));
    assertThat(changed).content().isNotEqualTo(text);
    Manifest.Model model = RunOfTwoModels.model("EdfOnce");
    Map<Manifest.Claim, TlcResult> results = run(Project.at(folder), model, false);
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (Manifest.Claim claim : model.claims()) {
      TlcResult result = Objects.requireNonNull(results.get(claim));
      verdicts.put(claim.config(), ClaimJudge.judge(model, claim, result).verdict());
    }
    return verdicts;
  }

  private void copyProject() throws IOException {
    for (String part : List.of("spec", "models/edf", "models/manifest.json")) {
      try (Stream<Path> files = Files.walk(Path.of(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = folder.resolve(file);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  @Test
  void aViolationWhereNoneIsExpectedIsReportedBesideThoseThatAre() throws Exception {
    assertThat(
            verdicts("models/edf/EdfOnce.cfg", "INVARIANTS?", "INVARIANTS NoHandlerAfterFreeInv"))
        .containsEntry("edf/EdfOnce.cfg", Verdict.VIOLATION)
        .containsEntry("edf/EdfOnce.EDF-1.cfg", Verdict.EXPECTED_VIOLATION)
        .containsEntry("edf/EdfOnce.EDF-2.cfg", Verdict.EXPECTED_VIOLATION)
        .containsEntry("edf/EdfOnce.TSK-7.cfg", Verdict.EXPECTED_VIOLATION);
  }

  @Test
  void anExpectedViolationThatDoesNotOccurIsMissing() throws Exception {
    assertThat(verdicts("spec/EdfScheduler.tla", "CancelStickyProp ==.*", STICKY + "TRUE]_vars"))
        .containsEntry("edf/EdfOnce.cfg", Verdict.PASS)
        .containsEntry("edf/EdfOnce.EDF-1.cfg", Verdict.EXPECTED_VIOLATION)
        .containsEntry("edf/EdfOnce.EDF-2.cfg", Verdict.MISSING_VIOLATION)
        .containsEntry("edf/EdfOnce.TSK-7.cfg", Verdict.EXPECTED_VIOLATION);
  }

  @Test
  void aPropertyWithoutAValueIsAnErrorOfItsOwnClaimAlone() throws Exception {
    assertThat(
            verdicts("spec/EdfScheduler.tla", "CancelStickyProp ==.*", STICKY + "Len(0) = 1]_vars"))
        .containsEntry("edf/EdfOnce.cfg", Verdict.PASS)
        .containsEntry("edf/EdfOnce.EDF-1.cfg", Verdict.EXPECTED_VIOLATION)
        .containsEntry("edf/EdfOnce.EDF-2.cfg", Verdict.ERROR);
  }

  /** TLC succeeds, and the counts are those that are pinned. */
  @Test
  void aTemporalPropertyDoesNotPassWhereAConstraintCutsStates() throws Exception {
    copyProject();
    Path spec = folder.resolve("spec/EdfScheduler.tla");
    Files.writeString(
        spec,
        Files.readString(spec)
            .replace("\nSpec ==", "\nNothingProp == WF_vars(Next) => <>FALSE\nSpec =="));
    Path config = folder.resolve("models/edf/EdfOnce.cfg");
    Files.writeString(config, Files.readString(config) + "PROPERTY NothingProp\nCONSTRAINT Init\n");
    Manifest.Model model = RunOfTwoModels.model("EdfOnce");
    Manifest.Claim claim = model.claims().get(0);
    Manifest.Model pinned =
        RunOfTwoModels.changed(model, new Manifest.Pinned(1, 1, 0, 0), List.of(claim));

    TlcResult result =
        Objects.requireNonNull(run(Project.at(folder), pinned, false).get(claim), "it was run");

    assertThat(result.statistics().distinct()).hasValue(1);
    ClaimJudge.Judgement judgement = ClaimJudge.judge(pinned, claim, result);
    assertThat(judgement.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(judgement.message()).startsWith("UNSOUND: ").contains("constraint");
  }

  @Test
  void aPropertyThatAConfigurationReplacesIsNoLongerTheOneToGuard() throws Exception {
    copyProject();
    for (String config : List.of("EdfOnce", "EdfOnce.EDF-1", "EdfOnce.EDF-2", "EdfOnce.TSK-7")) {
      Path file = folder.resolve("models/edf/" + config + ".cfg");
      Files.writeString(
          file, Files.readString(file).replace("CONSTANTS", "CONSTANTS CancelStickyProp <- Spec "));
    }
    Manifest.Model model = RunOfTwoModels.model("EdfOnce");

    Map<Manifest.Claim, TlcResult> results = run(Project.at(folder), model, false);

    TlcResult replaced = Objects.requireNonNull(results.get(model.claims().get(2)));
    assertThat(model.claims().get(2).violated()).isEqualTo("CancelStickyProp");
    assertThat(replaced.outcome()).isEqualTo(new TlcOutcome.Success());
  }
}
