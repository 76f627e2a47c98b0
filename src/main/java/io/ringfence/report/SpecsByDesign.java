package io.ringfence.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many properties of each spec hold in the designs that specs share: the overview in one table.
 * The history of one spec is in its own.
 *
 * @param designs in the order of their history; empty if no two specs share one
 * @param rows one for each spec with such a design, and one of all
 */
public record SpecsByDesign(List<String> designs, List<Row> rows) {
  /** Named so as no spec is. */
  private static final String ALL = "all specs";

  /**
   * A spec.
   *
   * @param cells one for each design; without counts where no model of the spec is of the design
   */
  public record Row(String spec, List<Cell> cells) {
    /** Whether it sums up the others. */
    public boolean sum() {
      return spec.equals(ALL);
    }
  }

  /**
   * What is known of the properties of a spec in a design.
   *
   * @param counts how many of them are in each state, strongest first, none of them zero
   */
  public record Cell(Map<Matrix.State, Integer> counts) {
    /** The properties that say something about the design, most telling state first. */
    public List<Matrix.State> shown() {
      return counts.keySet().stream()
          .filter(state -> state != Matrix.State.NOT_APPLICABLE)
          .toList();
    }
  }

  /** Counts the cells of the sections' tables. */
  static SpecsByDesign of(List<SpecSection> sections) {
    List<String> designs =
        Matrix.VARIANTS.stream()
            .filter(design -> sections.stream().filter(section -> has(section, design)).count() > 1)
            .toList();
    List<Row> rows = new ArrayList<>();
    for (SpecSection section : sections) {
      if (designs.stream().anyMatch(design -> has(section, design))) {
        rows.add(
            new Row(
                section.spec(),
                designs.stream().map(design -> count(List.of(section), design)).toList()));
      }
    }
    rows.add(new Row(ALL, designs.stream().map(design -> count(sections, design)).toList()));
    return new SpecsByDesign(designs, rows);
  }

  private static boolean has(SpecSection section, String design) {
    return section.variants().columns().contains(design);
  }

  private static Cell count(List<SpecSection> sections, String design) {
    Map<Matrix.State, Integer> counts = new EnumMap<>(Matrix.State.class);
    for (SpecSection section : sections) {
      Matrix matrix = section.variants();
      int column = matrix.columns().indexOf(design);
      if (column >= 0) {
        matrix
            .rows()
            .forEach(row -> counts.merge(row.cells().get(column).state(), 1, Integer::sum));
      }
    }
    return new Cell(counts);
  }
}
