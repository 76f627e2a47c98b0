package io.ringfence.report;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of the properties of a design. Several specs can state one property, which counts
 * once.
 *
 * @param hold how many hold in every spec that states them
 * @param violated how many are violated in at least one
 * @param open how many are not checked in one of them, and violated in none
 */
public record Tally(int hold, int violated, int open) {

  /** Counts the properties that say something about a design. */
  static Tally of(String design, List<SpecSection> sections) {
    int hold = 0;
    int violated = 0;
    int open = 0;
    for (Set<Matrix.State> found : states(design, sections).values()) {
      if (found.contains(Matrix.State.VIOLATED) || found.contains(Matrix.State.UNEXPECTED)) {
        violated++;
      } else if (found.contains(Matrix.State.NOT_CHECKED)) {
        open++;
      } else {
        hold++;
      }
    }
    return new Tally(hold, violated, open);
  }

  private static Map<String, Set<Matrix.State>> states(String design, List<SpecSection> sections) {
    Map<String, Set<Matrix.State>> states = new HashMap<>();
    for (SpecSection section : sections) {
      int column = section.variants().columns().indexOf(design);
      for (Matrix.Row row : section.variants().rows()) {
        if (column >= 0 && row.cells().get(column).state() != Matrix.State.NOT_APPLICABLE) {
          states
              .computeIfAbsent(row.property().id(), id -> EnumSet.noneOf(Matrix.State.class))
              .add(row.cells().get(column).state());
        }
      }
    }
    return states;
  }

  /** How many properties say something about the design. */
  public int all() {
    return hold + violated + open;
  }
}
