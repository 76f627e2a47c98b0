package io.ringfence.cli;

import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.commons.lang3.Strings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which models a command works on. */
final class ModelSelection {
  /** Which models CI checks, which are for the night, or both. */
  static final List<String> SCOPES = List.of("ci", "nightly", "all");

  /** How many first letters make a name similar to another one. */
  private static final int CLOSE = 4;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      completionCandidates = Candidates.Models.class,
      description = "Models by name, as in './ringfence list'; none means all of the scope.")
  private final List<String> names = new ArrayList<>();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "ci",
      completionCandidates = Candidates.Scopes.class,
      description = "ci, nightly or all; used if no model is named. Default: ${DEFAULT-VALUE}.")
  private String scope = "ci";

  /**
   * Whether all models are selected that CI checks, so that nothing they miss is shown elsewhere.
   */
  boolean complete() {
    return names.isEmpty() && !scope.equals("nightly");
  }

  /** The selected models, in the order of the names or of the manifest. */
  List<Manifest.Model> of(Manifest manifest) {
    if (!SCOPES.contains(scope)) {
      throw new BadInputException("no scope '" + scope + "'; there are ci, nightly and all");
    }
    if (names.isEmpty()) {
      return manifest.models().stream()
          .filter(model -> scope.equals("all") || model.scope().equals(scope))
          .toList();
    }
    List<Manifest.Model> models = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      models.add(named(manifest, name));
    }
    return models;
  }

  /** The model of a name. */
  static Manifest.Model named(Manifest manifest, String name) {
    return manifest.models().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(manifest, name));
  }

  private static BadInputException unknown(Manifest manifest, String name) {
    String hint =
        manifest.models().stream()
            .map(Manifest.Model::name)
            .filter(
                candidate ->
                    Strings.CI.contains(candidate, name)
                        || candidate.regionMatches(true, 0, name, 0, CLOSE))
            .findFirst()
            .map(candidate -> "; did you mean '" + candidate + "'?")
            .orElse("; './ringfence list' shows the models");
    return new BadInputException("no model '" + name + "'" + hint);
  }
}
