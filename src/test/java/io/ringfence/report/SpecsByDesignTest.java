package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.report.Matrix.State;
import io.ringfence.verify.RunRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the overview's first table counts. */
class SpecsByDesignTest {
  private static final Matrix NONE = new Matrix(List.of(), List.of());

  private static Matrix.Row row(State... states) {
    RunRecord.PropertyRecord property =
        new RunRecord.PropertyRecord("P-1", "P", "PInv", "S.tla", 1, "", "", List.of());
    return new Matrix.Row(
        property,
        Arrays.stream(states).map(state -> new Matrix.Cell(state, null, null, "")).toList());
  }

  private static SpecSection section(String spec, List<String> designs, Matrix.Row... rows) {
    return new SpecSection(spec, new Matrix(designs, List.of(rows)), NONE);
  }

  private static final SpecSection LISTS =
      section(
          "Lists",
          List.of("ORIG", "MERGED", "HARDENED"),
          row(State.HOLDS, State.VIOLATED, State.HOLDS),
          row(State.HOLDS, State.NOT_CHECKED, State.HOLDS),
          row(State.NOT_APPLICABLE, State.VIOLATED, State.UNEXPECTED));
  private static final SpecSection HEAPS =
      section("Heaps", List.of("MERGED", "HARDENED"), row(State.NOT_APPLICABLE, State.HOLDS));
  private static final SpecSection PAGES = section("Pages", List.of("MERGED"), row(State.HOLDS));

  @Test
  void propertiesAreCountedForTheDesignsThatSpecsShare() {
    SpecsByDesign table = SpecsByDesign.of(List.of(LISTS, HEAPS, PAGES));
    assertThat(table.designs()).containsExactly("MERGED", "HARDENED");
    assertThat(table.rows())
        .extracting(SpecsByDesign.Row::spec)
        .containsExactly("Lists", "Heaps", "Pages", "all specs");
    assertThat(table.rows().get(0).cells())
        .extracting(SpecsByDesign.Cell::counts)
        .containsExactly(
            Map.of(State.VIOLATED, 2, State.NOT_CHECKED, 1),
            Map.of(State.UNEXPECTED, 1, State.HOLDS, 2));
    assertThat(table.rows().get(2).cells().get(1).counts()).isEmpty();
    SpecsByDesign.Row all = table.rows().get(3);
    assertThat(all.sum()).isTrue();
    assertThat(all.cells().get(0).counts())
        .containsExactly(
            Map.entry(State.VIOLATED, 2),
            Map.entry(State.HOLDS, 1),
            Map.entry(State.NOT_APPLICABLE, 1),
            Map.entry(State.NOT_CHECKED, 1));
    assertThat(all.cells().get(0).shown())
        .containsExactly(State.VIOLATED, State.HOLDS, State.NOT_CHECKED);
    assertThat(all.cells().get(1).shown()).startsWith(State.UNEXPECTED);
  }

  @Test
  void oneSpecNeedsNoTableOfSpecs() {
    assertThat(SpecsByDesign.of(List.of(LISTS)).designs()).isEmpty();
  }
}
