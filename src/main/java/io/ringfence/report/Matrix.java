package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Properties against designs: what holds where.
 *
 * @param columns names of the designs
 * @param rows one for each property
 */
public record Matrix(List<String> columns, List<Row> rows) {
  static final List<String> VARIANTS =
      List.of("ORIG", "B502", "V1_ALL_USER", "SPLIT_KHEAP", "V2_SPLIT", "MERGED", "HARDENED");

  /** With more columns than these, a page of paper holds signs only. */
  private static final int WIDE = 8;

  /** A property on all designs. */
  public record Row(RunRecord.PropertyRecord property, List<Cell> cells) {}

  /** What is known of a property on a design, strongest first. */
  public enum State {
    /** Not as expected: a violation that should not be, or none that should. */
    UNEXPECTED("unexpected", "\u26a0"),
    /** Violated, as expected. */
    VIOLATED("violated", "\u2717"),
    /** Holds in every model of the design that checks it. */
    HOLDS("holds", "\u2713"),
    /** It says nothing about this design. */
    NOT_APPLICABLE("n/a", "\u2013"),
    /** No model checks it. */
    NOT_CHECKED("not checked", "\u00b7");

    private final String text;
    private final String mark;

    State(String text, String mark) {
      this.text = text;
      this.mark = mark;
    }

    /** The state in words. */
    public String text() {
      return text;
    }

    /** A sign for it, in addition to the words. */
    public String mark() {
      return mark;
    }
  }

  /**
   * A cell.
   *
   * @param link page of the counterexample, or null
   * @param place where the property's page tells more: the note, or the bounds within which it
   *     holds; null if it tells nothing
   * @param note why the property is not applicable or not checked, what went wrong, or which model
   *     it is; may be empty
   */
  public record Cell(State state, @Nullable String link, @Nullable String place, String note) {}

  /** Whether it has many columns. */
  public boolean wide() {
    return columns.size() > WIDE;
  }

  /** The designs of a spec as they are, without defects. */
  static Matrix ofVariants(RunRecord run, String spec) {
    Map<String, List<RunRecord.ModelRecord>> groups = new LinkedHashMap<>();
    for (String variant : VARIANTS) {
      List<RunRecord.ModelRecord> models =
          models(run, spec).stream().filter(model -> isDesign(model, variant)).toList();
      if (!models.isEmpty()) {
        groups.put(variant, models);
      }
    }
    return of(run, spec, groups);
  }

  /** Whether a model is of a design as it is, without defects and single fixes. */
  static boolean isDesign(RunRecord.ModelRecord model, String variant) {
    return model.variant().equals(variant) && model.defects().isEmpty() && model.fixes().isEmpty();
  }

  /** The merged design with one defect or one fix, each model of a spec by itself. */
  static Matrix ofDefects(RunRecord run, String spec) {
    Map<String, List<RunRecord.ModelRecord>> groups = new LinkedHashMap<>();
    for (RunRecord.ModelRecord model : models(run, spec)) {
      if (!model.defects().isEmpty() || !model.fixes().isEmpty()) {
        groups.put(model.name(), List.of(model));
      }
    }
    return of(run, spec, groups);
  }

  private static List<RunRecord.ModelRecord> models(RunRecord run, String spec) {
    return run.models().stream().filter(model -> model.spec().equals(spec)).toList();
  }

  private static Matrix of(
      RunRecord run, String spec, Map<String, List<RunRecord.ModelRecord>> groups) {
    List<Row> rows = new ArrayList<>();
    for (RunRecord.PropertyRecord property : run.properties()) {
      if (property.spec().equals(spec + ".tla")) {
        List<Cell> cells = new ArrayList<>();
        groups.values().forEach(models -> cells.add(cell(run, property, models)));
        rows.add(new Row(property, cells));
      }
    }
    return new Matrix(List.copyOf(groups.keySet()), rows);
  }

  /** What some models show of a property together. */
  static Cell cell(
      RunRecord run, RunRecord.PropertyRecord property, List<RunRecord.ModelRecord> models) {
    Cell best = new Cell(State.NOT_CHECKED, null, null, "");
    for (RunRecord.ModelRecord model : models) {
      String place = Pages.property(property, model);
      String reason = model.notApplicable().get(property.id());
      if (reason != null) {
        best = stronger(best, new Cell(State.NOT_APPLICABLE, null, place, reason));
      }
      String shown = model.shownIn().get(property.id());
      if (shown != null) {
        best = stronger(best, elsewhere(run, shown, place));
      }
      for (RunRecord.ClaimRecord claim : model.claims()) {
        if (claim.properties().contains(property.operator())) {
          best = stronger(best, cell(property, model, claim));
        }
      }
    }
    return best;
  }

  /** Another claim is about it: it shows the violation if it is in the run. */
  private static Cell elsewhere(RunRecord run, String config, String place) {
    return run.models().stream()
        .flatMap(model -> model.claims().stream())
        .filter(claim -> claim.config().equals(config))
        .filter(claim -> claim.verdict() == Verdict.EXPECTED_VIOLATION)
        .findFirst()
        .map(RunRecord.ClaimRecord::counterexample)
        .map(
            found ->
                new Cell(
                    State.NOT_CHECKED,
                    Pages.counterexample(found),
                    place,
                    "the claim " + config + " shows the violation"))
        .orElseGet(
            () ->
                new Cell(
                    State.NOT_CHECKED,
                    null,
                    place,
                    "the claim " + config + " is about it; this run has no violation of it"));
  }

  private static Cell cell(
      RunRecord.PropertyRecord property, RunRecord.ModelRecord model, RunRecord.ClaimRecord claim) {
    RunRecord.CounterexampleRecord counterexample = claim.counterexample();
    String link = counterexample == null ? null : Pages.counterexample(counterexample);
    String place = Pages.property(property, model);
    if (claim.verdict() == Verdict.EXPECTED_VIOLATION) {
      return new Cell(State.VIOLATED, link, null, model.name());
    }
    if (claim.verdict() == Verdict.PASS) {
      return new Cell(State.HOLDS, null, Pages.statement(property), model.name());
    }
    boolean blamed = claim.violated() == null || property.operator().equals(claim.violated());
    return blamed
        ? new Cell(State.UNEXPECTED, link, place, claim.verdict() + ": " + claim.message())
        : new Cell(State.NOT_CHECKED, null, place, claim.verdict() + " in " + model.name());
  }

  /** Of two that are as strong, the one that says more. */
  private static Cell stronger(Cell one, Cell other) {
    int order = one.state().compareTo(other.state());
    return order < 0 || order == 0 && !one.note().isEmpty() ? one : other;
  }
}
