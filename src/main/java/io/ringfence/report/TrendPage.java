package io.ringfence.report;

import io.ringfence.conform.Conformance;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run against an earlier one.
 *
 * @param changes verdicts that are others than they were
 * @param arrivals what the earlier run did not have
 * @param departures what this run has no more
 * @param sizes states, edges and times of the models that both have, those that changed first
 */
public record TrendPage(
    RunRecord earlier,
    RunRecord now,
    List<Change> changes,
    Differences arrivals,
    Differences departures,
    List<Size> sizes) {

  /**
   * A verdict that changed.
   *
   * @param what the claim, or the model whose firmware was compared
   * @param message why the verdict is what it is now; may be empty
   */
  public record Change(String model, String what, Verdict before, Verdict now, String message) {}

  /** What one run has and the other has not. */
  public record Differences(List<String> models, List<String> claims, List<String> properties) {}

  /** How large a model was, and how large it is. */
  public record Size(String model, Count before, Count now) {
    /** Whether the state graph is another one. */
    public boolean changed() {
      return before.states() != now.states() || before.edges() != now.edges();
    }
  }

  /**
   * The size of a model.
   *
   * @param states of the comparison of spec and firmware; 0 if there was none
   * @param seconds of that and of TLC together
   */
  public record Count(long states, long edges, double seconds) {}

  /** Compares a run with an earlier one. */
  static TrendPage of(RunRecord earlier, RunRecord now) {
    Map<String, RunRecord.ModelRecord> before = models(earlier);
    List<Size> sizes = new ArrayList<>();
    for (RunRecord.ModelRecord model : now.models()) {
      RunRecord.ModelRecord was = before.get(model.name());
      if (was != null) {
        sizes.add(new Size(model.name(), count(was), count(model)));
      }
    }
    List<Size> sorted = new ArrayList<>(sizes.stream().filter(Size::changed).toList());
    sizes.stream().filter(size -> !size.changed()).forEach(sorted::add);
    return new TrendPage(
        earlier,
        now,
        changes(earlier, now),
        differences(now, earlier),
        differences(earlier, now),
        sorted);
  }

  private static Map<String, RunRecord.ModelRecord> models(RunRecord run) {
    Map<String, RunRecord.ModelRecord> models = new LinkedHashMap<>();
    run.models().forEach(model -> models.put(model.name(), model));
    return models;
  }

  private static List<Change> changes(RunRecord earlier, RunRecord now) {
    Map<String, RunRecord.ModelRecord> before = models(earlier);
    List<Change> changes = new ArrayList<>();
    for (RunRecord.ModelRecord model : now.models()) {
      RunRecord.ModelRecord was = before.get(model.name());
      if (was != null) {
        if (was.conformanceVerdict() != model.conformanceVerdict()) {
          changes.add(
              new Change(
                  model.name(),
                  "spec and firmware",
                  was.conformanceVerdict(),
                  model.conformanceVerdict(),
                  model.conformanceMessage()));
        }
        for (RunRecord.ClaimRecord claim : model.claims()) {
          RunRecord.ClaimRecord old = claim(was, claim.config());
          if (old != null && old.verdict() != claim.verdict()) {
            changes.add(
                new Change(
                    model.name(), claim.config(), old.verdict(), claim.verdict(), claim.message()));
          }
        }
      }
    }
    return changes;
  }

  private static RunRecord.@Nullable ClaimRecord claim(RunRecord.ModelRecord model, String config) {
    return model.claims().stream()
        .filter(claim -> claim.config().equals(config))
        .findFirst()
        .orElse(null);
  }

  /** What a run has and another has not; the claims are those of models that both have. */
  private static Differences differences(RunRecord run, RunRecord other) {
    Map<String, RunRecord.ModelRecord> there = models(other);
    List<String> models = new ArrayList<>();
    List<String> claims = new ArrayList<>();
    for (RunRecord.ModelRecord model : run.models()) {
      RunRecord.ModelRecord same = there.get(model.name());
      if (same == null) {
        models.add(model.name());
      } else {
        model.claims().stream()
            .map(RunRecord.ClaimRecord::config)
            .filter(config -> claim(same, config) == null)
            .forEach(claims::add);
      }
    }
    List<String> known = other.properties().stream().map(TrendPage::name).toList();
    return new Differences(
        models,
        claims,
        run.properties().stream()
            .map(TrendPage::name)
            .filter(name -> !known.contains(name))
            .toList());
  }

  private static String name(RunRecord.PropertyRecord property) {
    return property.id() + " in " + property.spec() + " (" + property.operator() + ")";
  }

  private static Count count(RunRecord.ModelRecord model) {
    Conformance found = model.conformance();
    double seconds = found == null ? 0 : found.seconds();
    for (RunRecord.ClaimRecord claim : model.claims()) {
      RunRecord.TlcRecord tlc = claim.tlc();
      seconds += tlc == null ? 0 : tlc.seconds();
    }
    return new Count(
        found == null ? 0 : found.states(), found == null ? 0 : found.edges(), seconds);
  }
}
