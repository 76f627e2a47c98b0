package io.ringfence.verify;

import io.ringfence.tlc.BatchRunner;
import io.ringfence.tlc.ProgressListener;
import io.ringfence.tlc.TlcBatch;
import io.ringfence.tlc.TlcResult;
import io.ringfence.tlc.TlcTools;
import io.ringfence.tlc.eval.EvaluationException;
import io.ringfence.tlc.eval.Evaluators;
import io.ringfence.tlc.eval.PropertyShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs TLC on all claims of a model: once for those that one run can confirm together, and once
 * more for each that this leaves open. Thread-safe.
 */
final class ClaimRuns {
  private static final Set<PropertyShape> SAFE =
      Set.of(PropertyShape.STATE, PropertyShape.STEP, PropertyShape.SAFETY);

  private final Project project;
  private final TlcTools tools;
  private final TlcClaims claims;
  private final boolean separate;
  private final Map<String, Map<String, PropertyShape>> shapes = new ConcurrentHashMap<>();

  /**
   * Prepares runs.
   *
   * @param separate whether each claim has a run of its own from the start
   */
  ClaimRuns(Project project, TlcTools tools, TlcClaims claims, boolean separate) {
    this.project = project;
    this.tools = tools;
    this.claims = claims;
    this.separate = separate;
  }

  /** Runs TLC until there is a result for each claim of a model. */
  Map<Manifest.Claim, TlcResult> run(Manifest.Model model)
      throws IOException, InterruptedException {
    Map<Path, TlcResult> settled = separate ? Map.of() : together(model);
    Map<Manifest.Claim, TlcResult> results = new HashMap<>();
    for (Manifest.Claim claim : model.claims()) {
      TlcResult known = settled.get(project.models().resolve(claim.config()));
      results.put(
          claim, known != null ? known : claims.run(model, claim, 1, ProgressListener.NONE));
    }
    return results;
  }

  private Map<Path, TlcResult> together(Manifest.Model model)
      throws IOException, InterruptedException {
    if (model.claims().size() < 2) {
      return Map.of();
    }
    List<Manifest.Claim> holding = new ArrayList<>();
    List<TlcBatch.Violation> violated = new ArrayList<>();
    String rest = read(model.claims().get(0)).rest();
    for (Manifest.Claim claim : model.claims()) {
      ConfigText config = read(claim);
      if (!config.rest().equals(rest)) {
        return Map.of();
      }
      List<PropertyShape> shapes = shapes(model, config, rest);
      if (claim.holds()) {
        if (SAFE.containsAll(shapes)) {
          holding.add(claim);
        }
      } else if (config.properties().equals(List.of(claim.violated()))
          && shapes.get(0) != PropertyShape.SAFETY
          && shapes.get(0) != PropertyShape.BEHAVIOR) {
        violated.add(
            new TlcBatch.Violation(
                claim.violated(), shapes.get(0), project.models().resolve(claim.config())));
      }
    }
    if (holding.size() > 1 || violated.isEmpty() || holding.size() + violated.size() < 2) {
      return Map.of();
    }
    Manifest.Claim base = holding.isEmpty() ? model.claims().get(0) : holding.get(0);
    return new BatchRunner()
        .run(new TlcBatch(claims.job(model, base, 1), !holding.isEmpty(), violated))
        .settled();
  }

  private ConfigText read(Manifest.Claim claim) {
    return ConfigText.read(project.models().resolve(claim.config()));
  }

  private List<PropertyShape> shapes(Manifest.Model model, ConfigText config, String rest) {
    Map<String, PropertyShape> known = shapes.computeIfAbsent(model.module(), this::shapes);
    Set<String> replaced = new HashSet<>(List.of(rest.split(" ", -1)));
    return config.properties().stream()
        // A configuration that replaces a definition makes another property of it.
        .map(
            name ->
                replaced.contains(name)
                    ? PropertyShape.BEHAVIOR
                    : known.getOrDefault(name, PropertyShape.BEHAVIOR))
        .toList();
  }

  private Map<String, PropertyShape> shapes(String module) {
    try {
      return Evaluators.shapes(project.models().resolve(module), project.libraries(), tools.jar());
    } catch (EvaluationException | IOException e) {
      // Runs of their own say better what is wrong with the module.
      return Map.of();
    }
  }
}
