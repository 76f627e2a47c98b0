package io.ringfence.report;

import io.ringfence.verify.Coverage;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue against the run: where each property is checked and what breaks it, and which
 * counterexample shows each defect.
 */
public record CoverageTable(List<Row> properties, List<Row> defects) {
  /** What a row says when the models of the run do not touch its id, which others do. */
  static final String NOT_IN_THIS_RUN = "not in this run";

  /**
   * A row.
   *
   * @param page the page of the id
   * @param checked the models in which the property holds, by spec; or those that repair the defect
   * @param shown the counterexamples that break the property, or that the defect leads to
   * @param note why there is neither; empty if there is
   * @param findings those that name the id
   */
  public record Row(
      String id,
      String title,
      String page,
      List<String> checked,
      List<Shown> shown,
      String note,
      List<Findings.Finding> findings) {}

  /**
   * A counterexample.
   *
   * @param label the model with its defects, and for a defect the property
   * @param link its page, or null if there is none
   */
  public record Shown(String label, @Nullable String link) {}

  /** Makes the table of a run. */
  static CoverageTable of(RunRecord run, Findings findings) {
    List<Row> properties = new ArrayList<>();
    run.catalogue()
        .properties()
        .forEach(
            (id, name) ->
                properties.add(
                    row(
                        run,
                        id,
                        name,
                        Pages.property(id),
                        holds(run, id),
                        broken(run, id),
                        findings)));
    List<Row> defects = new ArrayList<>();
    run.catalogue()
        .defects()
        .forEach(
            (id, title) ->
                defects.add(
                    row(
                        run,
                        id,
                        title,
                        Pages.DEFECTS + "#" + id,
                        repaired(run, id),
                        led(run, id),
                        findings)));
    return new CoverageTable(properties, defects);
  }

  private static Row row(
      RunRecord run,
      String id,
      String title,
      String page,
      List<String> checked,
      List<Shown> shown,
      Findings findings) {
    String note =
        checked.isEmpty() && shown.isEmpty()
            ? run.catalogue().notModelled().getOrDefault(id, NOT_IN_THIS_RUN)
            : "";
    return new Row(id, title, page, checked, shown, note, findings.about(id));
  }

  private static List<String> holds(RunRecord run, String id) {
    List<String> places = new ArrayList<>();
    for (RunRecord.PropertyRecord property : run.properties()) {
      if (property.id().equals(id)) {
        List<String> models =
            run.models().stream()
                .filter(model -> holdsIn(property, model))
                .map(RunRecord.ModelRecord::name)
                .toList();
        places.add(
            property.spec()
                + ", "
                + property.operator()
                + (models.isEmpty() ? "" : ": holds in " + String.join(", ", models)));
      }
    }
    return places;
  }

  private static boolean holdsIn(RunRecord.PropertyRecord property, RunRecord.ModelRecord model) {
    return property.is(property.operator(), model)
        && model.claims().stream()
            .anyMatch(
                claim ->
                    claim.verdict() == Verdict.PASS
                        && claim.properties().contains(property.operator()));
  }

  private static List<Shown> broken(RunRecord run, String id) {
    List<Shown> shown = new ArrayList<>();
    for (RunRecord.PropertyRecord property : run.properties()) {
      if (property.id().equals(id)) {
        Set<String> breaking = Set.copyOf(property.brokenBy());
        for (RunRecord.ModelRecord model : run.models()) {
          for (RunRecord.ClaimRecord claim : model.claims()) {
            if (breaking.contains(claim.config())) {
              shown.add(new Shown(label(model), link(claim)));
            }
          }
        }
      }
    }
    return shown;
  }

  private static String label(RunRecord.ModelRecord model) {
    String switches = switches(model);
    return model.name() + (switches.isEmpty() ? "" : " (" + switches + ")");
  }

  /** The defects and the fixes of a model. */
  static String switches(RunRecord.ModelRecord model) {
    List<String> switches = new ArrayList<>(model.defects());
    model.fixes().forEach(fix -> switches.add("+" + fix));
    return String.join(" ", switches);
  }

  private static List<String> repaired(RunRecord run, String id) {
    return run.models().stream()
        .filter(model -> model.fixes().stream().anyMatch(fix -> Coverage.isPartOf(fix, id)))
        .map(model -> "repaired in " + model.name())
        .toList();
  }

  private static List<Shown> led(RunRecord run, String id) {
    return Evidence.of(run, id).stream()
        .map(
            evidence ->
                new Shown(evidence.model().name() + ": " + evidence.property(), evidence.link()))
        .toList();
  }

  private static @Nullable String link(RunRecord.ClaimRecord claim) {
    return claim.counterexample() == null ? null : Pages.counterexample(claim.counterexample());
  }
}
