package io.ringfence.binding.catalog;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ownership.OwnershipBinding;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bindings that exist, one for each detailed spec. */
public final class Bindings {
  private static final String OWNERSHIP = "SchedulerOwnership";

  private Bindings() {}

  /** The specs that are bound to firmware. */
  public static List<String> specs() {
    return List.of(OWNERSHIP);
  }

  /** The constants of a spec that {@link #open} needs. */
  public static Set<String> constants(String spec) {
    requireKnown(spec);
    return OwnershipBinding.CONSTANTS;
  }

  /**
   * Builds the firmware that a model describes.
   *
   * @param spec module name of the spec
   * @param constants the model's constants, at least {@link #constants}
   * @throws BindingException if there is no such spec, a constant is missing or has a value that
   *     the firmware has no counterpart for, or a switch is unknown
   */
  public static BoundFirmware open(String spec, Map<String, Value> constants, Switches switches) {
    requireKnown(spec);
    return OwnershipBinding.open(constants, switches);
  }

  private static void requireKnown(String spec) {
    if (!OWNERSHIP.equals(spec)) {
      throw new BindingException(
          "no binding for the spec '" + spec + "'; there is one for " + specs());
    }
  }
}
