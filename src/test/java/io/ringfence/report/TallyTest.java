package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.report.Matrix.State;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the overview counts the properties of a design. */
class TallyTest {
  private static SpecSection section(String spec, State... states) {
    List<Matrix.Row> rows = new ArrayList<>();
    for (State state : states) {
      String id = "P-" + rows.size();
      rows.add(
          new Matrix.Row(
              new RunRecord.PropertyRecord(id, id, id, spec + ".tla", 1, "", "", List.of()),
              List.of(new Matrix.Cell(state, null, null, ""))));
    }
    return new SpecSection(
        spec, new Matrix(List.of("MERGED"), rows), new Matrix(List.of(), List.of()));
  }

  @Test
  void aPropertyHoldsOnceIfEverySpecThatStatesItShowsIt() {
    SpecSection one =
        section(
            "A",
            State.HOLDS,
            State.HOLDS,
            State.HOLDS,
            State.NOT_CHECKED,
            State.NOT_APPLICABLE,
            State.UNEXPECTED,
            State.NOT_APPLICABLE);
    SpecSection other =
        section(
            "B",
            State.HOLDS,
            State.VIOLATED,
            State.NOT_CHECKED,
            State.VIOLATED,
            State.NOT_APPLICABLE,
            State.HOLDS,
            State.HOLDS);
    Tally tally = Tally.of("MERGED", List.of(one, other));
    assertThat(tally).isEqualTo(new Tally(2, 3, 1));
    assertThat(tally.all()).isEqualTo(6);
    assertThat(Tally.of("ORIG", List.of(one, other)).all()).isZero();
  }
}
