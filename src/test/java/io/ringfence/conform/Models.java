package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.TlcTools;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.Evaluators;
import io.ringfence.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The project's own models, for tests. */
public final class Models {
  private Models() {}

  /**
   * Opens a model by its configuration.
   *
   * @param family the folder in {@code models}
   * @param module the module to check, in that folder
   */
  public static Evaluator open(String family, String module, String config) throws IOException {
    return Evaluators.open(
        Path.of("models", family, module + ".tla"),
        Path.of("models", family, config),
        List.of(Path.of("spec")),
        TlcTools.onClassPath().jar());
  }

  /**
   * Checks a model of a spec, whose module to check is called {@code MC} and the spec, against
   * firmware with other constants or of another design.
   *
   * @param changed constants of the firmware that are not the model's
   */
  public static Conformance check(
      String family, String spec, String config, Map<String, Value> changed, Switches switches)
      throws IOException, InterruptedException {
    try (Evaluator evaluator = open(family, "MC" + spec, config)) {
      Map<String, Value> constants = constants(evaluator, Bindings.constants(spec));
      constants.putAll(changed);
      return Conformer.check(
          evaluator, Bindings.open(spec, constants, switches), List.of(), ConformListener.NONE);
    }
  }

  /** Boots the firmware that a model describes, or firmware of another design. */
  public static BoundFirmware boot(String spec, Evaluator model, Switches switches) {
    BoundFirmware firmware =
        Bindings.open(spec, constants(model, Bindings.constants(spec)), switches);
    firmware.start(new Value[0]);
    return firmware;
  }

  /** Checks an open model against such firmware. */
  public static Conformance check(String spec, Evaluator model, Switches switches)
      throws InterruptedException {
    return Conformer.check(model, boot(spec, model, switches), List.of(), ConformListener.NONE);
  }

  /** Asserts that the check tells firmware of each of these designs from the model. */
  static void assertFinds(String spec, Evaluator model, String designs)
      throws InterruptedException {
    for (String design : designs.split(" ", -1)) {
      Conformance.Difference difference = check(spec, model, Switches.parse(design)).difference();
      assertThat(difference).as(design).isNotNull();
      assertThat(difference.lines()).as(design).isNotEmpty();
    }
  }

  /** The object of a name in a picture. */
  static MemoryObject object(MemoryPicture picture, String name) {
    return picture.regions().stream()
        .flatMap(region -> region.objects().stream())
        .filter(object -> object.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Reads the constants that a binding needs. */
  public static Map<String, Value> constants(Evaluator spec, Set<String> names) {
    Map<String, Value> constants = new LinkedHashMap<>();
    names.forEach(name -> constants.put(name, spec.constant(name)));
    return constants;
  }
}
