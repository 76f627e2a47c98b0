package io.ringfence.conform;

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

  /** Opens a model of scheduler ownership by its configuration. */
  public static Evaluator open(String config) throws IOException {
    return Evaluators.open(
        Path.of("models/ownership/MCOwnership.tla"),
        Path.of("models/ownership/" + config),
        List.of(Path.of("spec")),
        TlcTools.onClassPath().jar());
  }

  /** Opens a model of virtual pages by its configuration. */
  public static Evaluator openPages(String config) throws IOException {
    return Evaluators.open(
        Path.of("models/vpages/MCVirtualPages.tla"),
        Path.of("models/vpages/" + config),
        List.of(Path.of("spec")),
        TlcTools.onClassPath().jar());
  }

  /** Reads the constants that a binding needs. */
  public static Map<String, Value> constants(Evaluator spec, Set<String> names) {
    Map<String, Value> constants = new LinkedHashMap<>();
    names.forEach(name -> constants.put(name, spec.constant(name)));
    return constants;
  }
}
