package io.ringfence.verify;

import io.ringfence.firmware.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.lang3.Strings;

/**
 * {@code models/manifest.json} with the manifests of its families: which models there are, and what
 * is expected of each. Paths are relative to {@code models/}.
 *
 * @param configs what each configuration that a claim names says, by its path
 */
public record Manifest(List<Model> models, Catalogue catalogue, Map<String, ConfigText> configs) {

  /**
   * A model: one set of constants.
   *
   * @param spec the specification, a module in {@code spec/}
   * @param module the module to check
   * @param scope {@code ci} or {@code nightly}
   * @param neverFires actions that cannot fire in this model, with the reason
   * @param notApplicable property ids that say nothing about this model, with the reason
   * @param shownIn property ids that this model does not check, as another claim has the
   *     counterexample, with the configuration of that claim
   */
  public record Model(
      String name,
      String title,
      String spec,
      String module,
      String scope,
      String variant,
      List<String> fixes,
      List<String> defects,
      List<String> bounds,
      List<String> assumptions,
      Pinned pinned,
      List<String> witnesses,
      Map<String, String> neverFires,
      Map<String, String> notApplicable,
      Map<String, String> shownIn,
      List<Claim> claims) {
    /** This model, with paths that start at the parent of its family's folder. */
    Model in(String family) {
      return new Model(
          name,
          title,
          spec,
          family + "/" + module,
          scope,
          variant,
          fixes,
          defects,
          bounds,
          assumptions,
          pinned,
          witnesses,
          neverFires,
          notApplicable,
          shownIn.entrySet().stream()
              .collect(
                  Collectors.toMap(Map.Entry::getKey, shown -> family + "/" + shown.getValue())),
          claims.stream()
              .map(
                  claim ->
                      new Claim(family + "/" + claim.config(), claim.expect(), claim.partsOn()))
              .toList());
    }
  }

  /** Counts of the whole state graph. */
  public record Pinned(long initial, long states, long edges, long refusals) {
    @Override
    public String toString() {
      return String.format(
          "initial %d, states %d, edges %d, refusals %d", initial, states, edges, refusals);
    }
  }

  /**
   * What one configuration is expected to show.
   *
   * @param config the cfg
   * @param expect {@code holds}, or {@code violates Operator}
   * @param partsOn designs on which the firmware must leave the counterexample, see {@link Parting}
   */
  public record Claim(String config, String expect, List<String> partsOn) {
    static final String HOLDS = "holds";
    private static final String VIOLATES = "violates ";

    /** What {@link #partsOn} says. */
    List<Parting> partings() {
      return partsOn.stream().map(Parting::parse).toList();
    }

    /** Whether everything in the configuration should hold. */
    public boolean holds() {
      return expect.equals(HOLDS);
    }

    /** The operator that should be violated; empty if all should hold. */
    public String violated() {
      return holds() ? "" : expect.substring(VIOLATES.length());
    }
  }

  /**
   * A design on which the firmware must leave a counterexample: in a step, which the repair changes
   * or refuses, or by how it starts.
   *
   * @param design see {@link io.ringfence.binding.Switches#parse}
   * @param initially whether the defect is in the memory that the firmware starts with, and the
   *     same steps would take place there
   */
  record Parting(String design, boolean initially) {
    private static final String INITIALLY = " initially";

    /** Reads {@code +O-15}, or {@code +O-15 initially}. */
    static Parting parse(String text) {
      boolean initially = text.endsWith(INITIALLY);
      return new Parting(Strings.CS.removeEnd(text, INITIALLY), initially);
    }
  }

  /**
   * The variants that the models of each spec have, in the order of {@link Variant}: on all of them
   * each counterexample of the spec is replayed.
   */
  public Map<String, List<String>> variants() {
    Map<String, List<String>> variants = new TreeMap<>();
    for (Variant variant : Variant.values()) {
      models.stream()
          .filter(model -> model.variant().equals(variant.name()))
          .map(Model::spec)
          .distinct()
          .forEach(
              spec ->
                  variants.computeIfAbsent(spec, none -> new ArrayList<>()).add(variant.name()));
    }
    return variants;
  }
}
