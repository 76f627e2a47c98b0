package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A property, in all specs that state it.
 *
 * @param note why no model of the run has it; empty if one has
 * @param findings those that name it
 */
public record PropertyPage(
    String id,
    String name,
    List<Statement> statements,
    String note,
    List<Findings.Finding> findings) {

  /**
   * A property as one spec states it.
   *
   * @param lines its TLA+ text
   * @param first the number of the first of these lines in the module; 0 if not known
   * @param link its line on the page of the module, from the folder of reports; null without a page
   * @param places where it was checked
   */
  public record Statement(
      RunRecord.PropertyRecord property,
      List<TlaText.Line> lines,
      int first,
      @Nullable String link,
      List<Place> places) {}

  /**
   * A model that says something about the property.
   *
   * @param anchor the row's id on the page
   * @param causes what leads to the violation
   * @param steps how many steps its counterexample has; null without one
   */
  public record Place(
      RunRecord.ModelRecord model,
      String anchor,
      String design,
      Matrix.Cell cell,
      Causes causes,
      @Nullable Integer steps) {}

  /** The ids of all properties of a run, those of the catalogue first. */
  static Set<String> ids(RunRecord run) {
    Set<String> ids = new LinkedHashSet<>(run.catalogue().properties().keySet());
    run.properties().forEach(property -> ids.add(property.id()));
    return ids;
  }

  /** Makes the page of a property. */
  static PropertyPage of(RunRecord run, String id, Findings findings, NamedPages pages) {
    List<Statement> statements = new ArrayList<>();
    String name = run.catalogue().properties().getOrDefault(id, "");
    for (RunRecord.PropertyRecord property : run.properties()) {
      if (property.id().equals(id)) {
        statements.add(statement(run, property, pages));
        name = name.isEmpty() && !property.name().equals(id) ? property.name() : name;
      }
    }
    String note =
        statements.isEmpty()
            ? run.catalogue().notModelled().getOrDefault(id, CoverageTable.NOT_IN_THIS_RUN)
            : "";
    return new PropertyPage(id, name, statements, note, findings.about(id));
  }

  private static Statement statement(
      RunRecord run, RunRecord.PropertyRecord property, NamedPages pages) {
    List<TlaText.Line> lines = TlaText.lines(property.text());
    int before = 0;
    while (before < lines.size() && !lines.get(before).defines().equals(property.operator())) {
      before++;
    }
    String module = property.spec().replace(".tla", "");
    boolean linked = run.sources().modules().containsKey(module) && property.line() > 0;
    return new Statement(
        property,
        lines,
        Math.max(0, property.line() - before),
        linked ? Pages.spec(module) + "#L" + property.line() : null,
        places(run, property, pages));
  }

  private static List<Place> places(
      RunRecord run, RunRecord.PropertyRecord property, NamedPages pages) {
    List<Place> places = new ArrayList<>();
    for (RunRecord.ModelRecord model : run.models()) {
      Matrix.Cell cell = Matrix.cell(run, property, List.of(model));
      boolean silent = cell.state() == Matrix.State.NOT_CHECKED && cell.note().isEmpty();
      if (property.spec().equals(model.spec() + ".tla") && !silent) {
        places.add(
            new Place(
                model,
                Pages.place(property, model),
                (model.variant() + " " + CoverageTable.switches(model)).trim(),
                cell,
                Causes.of(run, pages, property, model),
                steps(model, property)));
      }
    }
    return places;
  }

  private static @Nullable Integer steps(
      RunRecord.ModelRecord model, RunRecord.PropertyRecord property) {
    return model.claims().stream()
        .filter(claim -> property.operator().equals(claim.violated()))
        .map(RunRecord.ClaimRecord::counterexample)
        .filter(counterexample -> counterexample != null)
        .map(counterexample -> counterexample.replay().total() - 1)
        .min(Integer::compare)
        .orElse(null);
  }
}
