package io.ringfence.report;

import io.ringfence.verify.Coverage;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All defects against the properties that catch them. */
public record DefectPage(List<Defect> defects) {

  /**
   * A defect.
   *
   * @param note why nothing catches it; empty if something does
   * @param findings those that name it, first its own
   */
  public record Defect(
      String id, String title, List<Catch> catches, String note, List<Findings.Finding> findings) {}

  /**
   * A property that a defect breaks.
   *
   * @param page of the property; null if the run does not say which one it is
   * @param model the model with the shortest trace
   * @param others how many other counterexamples there are
   */
  public record Catch(
      String property,
      @Nullable String page,
      String model,
      @Nullable Integer steps,
      @Nullable String link,
      int others) {}

  /** The page of a run: the defects of the catalogue, other findings, what only a model has. */
  static DefectPage of(RunRecord run, Findings known) {
    Map<String, String> titles = new LinkedHashMap<>(run.catalogue().defects());
    known.all().forEach(finding -> titles.putIfAbsent(finding.id(), finding.title()));
    for (RunRecord.ModelRecord model : run.models()) {
      for (String defect : model.defects()) {
        boolean part =
            titles.keySet().stream()
                .anyMatch(id -> defect.startsWith(id + ".") || Coverage.isPartOf(defect, id));
        if (!part) {
          titles.putIfAbsent(defect, model.title());
        }
      }
    }
    List<Defect> defects = new ArrayList<>();
    titles.forEach((id, title) -> defects.add(defect(run, id, title, known.about(id))));
    return new DefectPage(defects);
  }

  private static Defect defect(
      RunRecord run, String id, String title, List<Findings.Finding> findings) {
    Map<String, List<Evidence>> byProperty = new LinkedHashMap<>();
    for (Evidence evidence : Evidence.of(run, id)) {
      byProperty.computeIfAbsent(evidence.property(), property -> new ArrayList<>()).add(evidence);
    }
    List<Catch> catches = new ArrayList<>();
    byProperty.forEach((property, all) -> catches.add(shortest(run, property, all)));
    String note =
        catches.isEmpty()
            ? run.catalogue().notModelled().getOrDefault(id, CoverageTable.NOT_IN_THIS_RUN)
            : "";
    return new Defect(id, title, catches, note, findings);
  }

  private static Catch shortest(RunRecord run, String property, List<Evidence> all) {
    Evidence best =
        all.stream()
            .min(
                Comparator.comparing(
                    Evidence::steps, Comparator.nullsLast(Comparator.naturalOrder())))
            .orElseThrow();
    boolean known = PropertyPage.ids(run).contains(property);
    return new Catch(
        property,
        known ? Pages.property(property) : null,
        best.model().name(),
        best.steps(),
        best.link(),
        all.size() - 1);
  }
}
