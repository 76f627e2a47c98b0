package io.ringfence.binding;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another design than the model's own: what to change in its constants before the firmware is built.
 *
 * @param variant the variant instead of the model's, or null to keep it
 * @param fixes repairs in addition to the model's
 * @param defects historical bugs in addition to the model's
 */
public record Switches(@Nullable String variant, Set<String> fixes, Set<String> defects) {
  /** Keeps the model's design. */
  public static final Switches NONE = new Switches(null, Set.of(), Set.of());

  /** Copies the sets. */
  public Switches {
    fixes = Set.copyOf(fixes);
    defects = Set.copyOf(defects);
  }
}
