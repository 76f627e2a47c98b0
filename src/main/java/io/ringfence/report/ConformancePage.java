package io.ringfence.report;

import io.ringfence.conform.Conformance;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Spec and firmware held against each other, model by model and action by action. */
public record ConformancePage(Totals totals, List<Section> sections) {

  /** What was compared in all models together. */
  public record Totals(int models, long states, long edges, long refusals) {}

  /**
   * A spec.
   *
   * @param page its page; null without one
   */
  public record Section(
      String spec,
      @Nullable String page,
      List<RunRecord.ModelRecord> models,
      List<Action> actions) {}

  /**
   * An action of a spec.
   *
   * @param edges how often it was performed
   * @param fires the edges in each model where it fires
   * @param never the models where it cannot
   */
  public record Action(String name, long edges, Map<String, Long> fires, List<String> never) {}

  /** Makes the page of a run. */
  static ConformancePage of(RunRecord run) {
    Map<String, List<RunRecord.ModelRecord>> specs = new LinkedHashMap<>();
    for (RunRecord.ModelRecord model : run.models()) {
      specs.computeIfAbsent(model.spec(), spec -> new ArrayList<>()).add(model);
    }
    List<Section> sections = new ArrayList<>();
    specs.forEach(
        (spec, models) ->
            sections.add(
                new Section(
                    spec,
                    run.sources().modules().containsKey(spec) ? Pages.spec(spec) : null,
                    models,
                    actions(models))));
    return new ConformancePage(totals(run), sections);
  }

  private static Totals totals(RunRecord run) {
    Totals totals = new Totals(0, 0, 0, 0);
    for (RunRecord.ModelRecord model : run.models()) {
      Conformance found = model.conformance();
      if (found != null) {
        totals =
            new Totals(
                totals.models() + 1,
                totals.states() + found.states(),
                totals.edges() + found.edges(),
                totals.refusals() + found.refusals());
      }
    }
    return totals;
  }

  private static List<Action> actions(List<RunRecord.ModelRecord> models) {
    Map<String, Map<String, Long>> edges = new TreeMap<>();
    for (RunRecord.ModelRecord model : models) {
      Conformance found = model.conformance();
      if (found != null) {
        found
            .actionEdges()
            .forEach(
                (action, count) ->
                    edges
                        .computeIfAbsent(action, name -> new LinkedHashMap<>())
                        .put(model.name(), count));
      }
    }
    List<Action> actions = new ArrayList<>();
    edges.forEach((name, counts) -> actions.add(action(name, counts)));
    return actions;
  }

  private static Action action(String name, Map<String, Long> counts) {
    Map<String, Long> fires = new LinkedHashMap<>(counts);
    fires.values().removeIf(count -> count == 0);
    return new Action(
        name,
        fires.values().stream().mapToLong(Long::longValue).sum(),
        fires,
        counts.keySet().stream().filter(model -> !fires.containsKey(model)).toList());
  }

  /** What a verdict means for the firmware of a model. */
  public static String meaning(Verdict verdict) {
    return switch (verdict) {
      case PASS ->
          "In every state within the bounds the firmware does what the spec allows, with the same"
              + " outcome, and refuses what the spec forbids.";
      case DIVERGED ->
          "Spec and firmware disagree: what TLC proved says nothing about the firmware.";
      case CHANGED ->
          "Spec and firmware agree, but not on as many states or edges as were pinned: the model is"
              + " another one than it was.";
      case VACUOUS ->
          "Spec and firmware agree, but some action never fires or some situation is never reached:"
              + " less was compared than it looks.";
      case INCOMPLETE ->
          "A limit was reached: spec and firmware agree as far as they were compared.";
      case ERROR -> "The comparison failed; nothing is known.";
      case EXPECTED_VIOLATION, VIOLATION, MISSING_VIOLATION ->
          "No verdict that a comparison can have; nothing is known.";
    };
  }

  /** The verdicts of the models of a run, for what they mean. */
  public List<Verdict> verdicts() {
    return sections.stream()
        .flatMap(section -> section.models().stream())
        .map(RunRecord.ModelRecord::conformanceVerdict)
        .distinct()
        .sorted()
        .toList();
  }
}
