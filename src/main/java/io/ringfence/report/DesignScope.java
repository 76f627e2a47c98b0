package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a design guarantees, and how far that goes.
 *
 * @param properties what became of them
 * @param models how many models there are of it, without defects and single fixes
 * @param states how many states they have together
 * @param cut how many more they have outside their bounds
 * @param specs the assumptions and bounds of the models, by spec
 */
public record DesignScope(
    String design, Tally properties, int models, long states, long cut, List<SpecScope> specs) {

  /** What the models of a spec assume together, and their bounds. */
  public record SpecScope(String spec, List<String> assumptions, List<String> bounds) {}

  /** The designs of a run, in the order of their history. */
  static List<DesignScope> of(RunRecord run, List<SpecSection> sections) {
    List<DesignScope> scopes = new ArrayList<>();
    for (String design : Matrix.VARIANTS) {
      List<RunRecord.ModelRecord> models =
          run.models().stream().filter(model -> Matrix.isDesign(model, design)).toList();
      if (!models.isEmpty()) {
        scopes.add(of(design, models, sections));
      }
    }
    return scopes;
  }

  private static DesignScope of(
      String design, List<RunRecord.ModelRecord> models, List<SpecSection> sections) {
    Map<String, List<RunRecord.ModelRecord>> specs =
        models.stream()
            .collect(
                Collectors.groupingBy(
                    RunRecord.ModelRecord::spec, LinkedHashMap::new, Collectors.toList()));
    List<SpecScope> parts = new ArrayList<>();
    specs.forEach(
        (spec, of) ->
            parts.add(
                new SpecScope(
                    spec,
                    texts(of, RunRecord.ModelRecord::assumptions),
                    texts(of, RunRecord.ModelRecord::bounds))));
    long states = 0;
    long cut = 0;
    for (RunRecord.ModelRecord model : models) {
      if (model.conformance() != null) {
        states += model.conformance().states();
        cut += model.conformance().cut();
      }
    }
    return new DesignScope(design, Tally.of(design, sections), models.size(), states, cut, parts);
  }

  private static List<String> texts(
      List<RunRecord.ModelRecord> models, Function<RunRecord.ModelRecord, List<String>> kind) {
    return models.stream().flatMap(model -> kind.apply(model).stream()).distinct().toList();
  }
}
