package io.ringfence.binding;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another design than the model's own: what to change in its constants before the firmware is
 * built.
 *
 * @param variant the variant instead of the model's, or null to keep it
 * @param fixes repairs in addition to the model's
 * @param defects historical bugs in addition to the model's
 * @param without historical bugs of the model to leave out
 */
public record Switches(
    @Nullable String variant, Set<String> fixes, Set<String> defects, Set<String> without) {
  /** Keeps the model's design. */
  public static final Switches NONE = new Switches(null, Set.of(), Set.of(), Set.of());

  /** Copies the sets. */
  public Switches {
    fixes = Set.copyOf(fixes);
    defects = Set.copyOf(defects);
    without = Set.copyOf(without);
  }

  /**
   * Reads a design as it is written in a manifest: {@code HARDENED} for a variant, {@code +O-01}
   * with a fix or a defect, {@code -B-04} without a defect, several of them separated by spaces.
   */
  public static Switches parse(String design) {
    String variant = null;
    Set<String> fixes = new LinkedHashSet<>();
    Set<String> defects = new LinkedHashSet<>();
    Set<String> without = new LinkedHashSet<>();
    for (String part : design.trim().split("\\s+", -1)) {
      String id = part.substring(Math.min(1, part.length()));
      if (part.startsWith("+")) {
        (id.startsWith("B-") || id.startsWith("S-") ? defects : fixes).add(id);
      } else if (part.startsWith("-")) {
        without.add(id);
      } else {
        variant = part;
      }
    }
    return new Switches(variant, fixes, defects, without);
  }
}
