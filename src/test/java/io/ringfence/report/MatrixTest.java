package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.verify.RunOfTwoModels;
import io.ringfence.verify.RunRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a cell of the matrix says of a property that its models do not check. */
class MatrixTest {
  private static final String CLAIM = "ownership/S01.OWN-1.cfg";

  /** A model that leaves a property to a claim. */
  private static RunRecord.ModelRecord leaving(String property, String claim) throws Exception {
    RunRecord.ModelRecord model = RunOfTwoModels.get().models().get(0);
    return new RunRecord.ModelRecord(
        "Other",
        model.title(),
        model.spec(),
        model.module(),
        model.scope(),
        model.variant(),
        model.fixes(),
        model.defects(),
        model.bounds(),
        model.assumptions(),
        model.constants(),
        Map.of(),
        Map.of(property, claim),
        List.of(),
        model.conformanceVerdict(),
        model.conformanceMessage(),
        model.conformance(),
        null);
  }

  private static Matrix.Cell cell(String claim) throws Exception {
    RunRecord run = RunOfTwoModels.get();
    RunRecord.PropertyRecord property =
        run.properties().stream().filter(one -> one.id().equals("OWN-1")).findFirst().orElseThrow();
    return Matrix.cell(run, property, List.of(leaving("OWN-1", claim)));
  }

  @Test
  void aClaimOfTheRunShowsWhatIsNotCheckedHere() throws Exception {
    Matrix.Cell cell = cell(CLAIM);
    assertThat(cell.state()).isEqualTo(Matrix.State.NOT_CHECKED);
    assertThat(cell.link()).isEqualTo("counterexamples/S01.SideExclusiveInv.html");
    assertThat(cell.note()).isEqualTo("the claim " + CLAIM + " shows the violation");
  }

  @Test
  void aClaimThatWasNotRunShowsNothing() throws Exception {
    for (String claim : List.of("ownership/Merged.OWN-1.cfg", "ownership/S01.cfg")) {
      Matrix.Cell cell = cell(claim);
      assertThat(cell.state()).isEqualTo(Matrix.State.NOT_CHECKED);
      assertThat(cell.link()).isNull();
      assertThat(cell.place()).isNotNull();
      assertThat(cell.note())
          .isEqualTo("the claim " + claim + " is about it; this run has no violation of it");
    }
  }
}
