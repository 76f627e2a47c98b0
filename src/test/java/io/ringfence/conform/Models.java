package io.ringfence.conform;

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

  /** Reads the constants that a binding needs. */
  public static Map<String, Value> constants(Evaluator spec, Set<String> names) {
    Map<String, Value> constants = new LinkedHashMap<>();
    names.forEach(name -> constants.put(name, spec.constant(name)));
    return constants;
  }
}
