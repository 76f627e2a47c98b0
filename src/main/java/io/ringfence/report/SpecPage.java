package io.ringfence.report;

import io.ringfence.conform.Conformance;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A module of the specs.
 *
 * @param parts the modules that it extends or makes instances of
 * @param models the models of the run that it is a part of
 */
public record SpecPage(String module, List<String> parts, List<String> models, List<Row> rows) {
  /**
   * A line.
   *
   * @param property the id of the property that it defines, or null
   * @param edges how often the action that it defines was performed, or null if it defines none
   */
  public record Row(
      int number, TlaText.Line line, @Nullable String property, @Nullable Edges edges) {}

  /**
   * How often an action was performed.
   *
   * @param total edges of all models
   * @param models how many models have it fire
   * @param never how many models have it never fire
   */
  public record Edges(long total, int models, int never) {
    private Edges with(long edges) {
      return new Edges(total + edges, models + (edges > 0 ? 1 : 0), never + (edges > 0 ? 0 : 1));
    }
  }

  /** Makes the page of each module, in the order of their names. */
  static List<SpecPage> all(RunRecord run) {
    Map<String, Set<String>> within = within(run);
    List<SpecPage> pages = new ArrayList<>();
    run.sources()
        .modules()
        .forEach(
            (module, text) -> {
              List<RunRecord.ModelRecord> models =
                  run.models().stream()
                      .filter(model -> within.getOrDefault(model.spec(), Set.of()).contains(module))
                      .toList();
              pages.add(of(run, module, text, models));
            });
    return pages;
  }

  private static SpecPage of(
      RunRecord run, String module, String text, List<RunRecord.ModelRecord> models) {
    Map<String, Edges> actions = new LinkedHashMap<>();
    for (RunRecord.ModelRecord model : models) {
      Conformance conformance = model.conformance();
      if (conformance != null) {
        conformance
            .actionEdges()
            .forEach(
                (action, edges) ->
                    actions.merge(
                        action,
                        new Edges(0, 0, 0).with(edges),
                        (known, one) -> known.with(one.total())));
      }
    }
    Map<Integer, String> properties = new TreeMap<>();
    for (RunRecord.PropertyRecord property : run.properties()) {
      if (property.spec().equals(module + ".tla")) {
        properties.put(property.line(), property.id());
      }
    }
    List<Row> rows = new ArrayList<>();
    for (TlaText.Line line : TlaText.lines(text)) {
      int number = rows.size() + 1;
      rows.add(new Row(number, line, properties.get(number), actions.get(line.defines())));
    }
    return new SpecPage(
        module,
        ModuleParts.named(text).stream().filter(run.sources().modules()::containsKey).toList(),
        models.stream().map(RunRecord.ModelRecord::name).toList(),
        rows);
  }

  /** For each spec of a model, itself and the modules that it is made of. */
  private static Map<String, Set<String>> within(RunRecord run) {
    Map<String, Set<String>> within = new LinkedHashMap<>();
    for (RunRecord.ModelRecord model : run.models()) {
      within.computeIfAbsent(
          model.spec(), spec -> ModuleParts.closure(run.sources().modules(), spec));
    }
    return within;
  }
}
