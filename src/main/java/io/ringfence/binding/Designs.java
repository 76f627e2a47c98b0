package io.ringfence.binding;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the constants {@code Variant}, {@code Fixes} and {@code Defects} of a model. */
public final class Designs {
  /** The constants that {@link #read} needs. */
  public static final Set<String> CONSTANTS = Set.of("Variant", "Fixes", "Defects");

  private Designs() {}

  /**
   * Reads the design of a model without assertions and user types, after switching it.
   *
   * @throws BindingException if the firmware has no such variant, fix or defect, or the model not
   *     the defect that is to be left out
   */
  public static Design read(NamedValues constants, Switches switches) {
    String variant = switches.variant() == null ? constants.text("Variant") : switches.variant();
    Set<String> fixes = new LinkedHashSet<>(constants.names("Fixes"));
    fixes.addAll(switches.fixes());
    Set<String> defects = new LinkedHashSet<>(constants.names("Defects"));
    defects.addAll(switches.defects());
    for (String id : switches.without()) {
      if (!defects.remove(id)) {
        throw new BindingException(
            "no defect '" + id + "' in the model, to be left out; it has " + defects);
      }
    }
    return new Design(
        variant(variant),
        all(fixes, Fix::of, Fix.class, Arrays.stream(Fix.values()).map(Fix::id).toList()),
        all(
            defects,
            Defect::of,
            Defect.class,
            Arrays.stream(Defect.values()).map(Defect::id).toList()),
        false,
        Set.of());
  }

  private static Variant variant(String name) {
    return Arrays.stream(Variant.values())
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BindingException(
                    "no variant '" + name + "'; there are " + List.of(Variant.values())));
  }

  private static <E extends Enum<E>> Set<E> all(
      Set<String> ids, Function<String, Optional<E>> find, Class<E> kind, List<String> known) {
    Set<E> found = EnumSet.noneOf(kind);
    for (String id : ids) {
      found.add(
          find.apply(id)
              .orElseThrow(
                  () ->
                      new BindingException(
                          "no "
                              + (kind == Fix.class ? "fix" : "defect")
                              + " '"
                              + id
                              + "'; there are "
                              + known)));
    }
    return found;
  }
}
