package io.ringfence.report;

import io.ringfence.verify.Manifest;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run left out of what there is to check.
 *
 * @param known how many models there are in all
 * @param scopes the models that were not run
 * @param cells how many cells the tables of properties and designs have
 * @param unchecked the cells of them that were not checked
 */
public record NotShown(int known, List<Scope> scopes, int cells, List<Unchecked> unchecked) {

  /**
   * The models of a scope that were not run.
   *
   * @param specs their names, by the spec that they are of
   */
  public record Scope(String name, int models, Map<String, List<String>> specs) {}

  /**
   * Cells of a spec that were not checked.
   *
   * @param elsewhere for how many of them another claim shows the violation
   */
  public record Unchecked(String spec, int cells, int elsewhere) {}

  /**
   * Counts them.
   *
   * @param known all models of the manifest
   * @param sections what the run shows of each spec
   */
  static NotShown of(RunRecord run, List<Manifest.Model> known, List<SpecSection> sections) {
    int cells = 0;
    List<Unchecked> unchecked = new ArrayList<>();
    for (SpecSection section : sections) {
      List<Matrix.Cell> all =
          section.variants().rows().stream().flatMap(row -> row.cells().stream()).toList();
      List<Matrix.Cell> open =
          all.stream().filter(cell -> cell.state() == Matrix.State.NOT_CHECKED).toList();
      cells += all.size();
      if (!open.isEmpty()) {
        int told = (int) open.stream().filter(cell -> cell.link() != null).count();
        unchecked.add(new Unchecked(section.spec(), open.size(), told));
      }
    }
    return new NotShown(known.size(), scopes(run, known), cells, unchecked);
  }

  private static List<Scope> scopes(RunRecord run, List<Manifest.Model> known) {
    Set<String> ran =
        run.models().stream().map(RunRecord.ModelRecord::name).collect(Collectors.toSet());
    Map<String, Map<String, List<String>>> names = new TreeMap<>();
    for (Manifest.Model model : known) {
      if (!ran.contains(model.name())) {
        names
            .computeIfAbsent(model.scope(), scope -> new TreeMap<>())
            .computeIfAbsent(model.spec(), spec -> new ArrayList<>())
            .add(model.name());
      }
    }
    List<Scope> scopes = new ArrayList<>();
    names.forEach(
        (scope, specs) ->
            scopes.add(
                new Scope(scope, specs.values().stream().mapToInt(List::size).sum(), specs)));
    return scopes;
  }

  /** How many models were not run. */
  public int models() {
    return scopes.stream().mapToInt(Scope::models).sum();
  }

  /** How many cells were not checked. */
  public int open() {
    return unchecked.stream().mapToInt(Unchecked::cells).sum();
  }
}
