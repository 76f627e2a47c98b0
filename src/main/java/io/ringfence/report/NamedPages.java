package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The pages of the things that a text names. */
final class NamedPages {
  private final Map<String, String> ids = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  NamedPages(RunRecord run, Findings findings, DefectPage defects) {
    for (DefectPage.Defect defect : defects.defects()) {
      ids.put(defect.id(), Pages.DEFECTS + "#" + defect.id());
    }
    PropertyPage.ids(run).forEach(id -> ids.put(id, Pages.property(id)));
    findings.all().forEach(finding -> ids.put(finding.id(), finding.page()));
    run.sources()
        .modules()
        .keySet()
        .forEach(module -> names.put("spec/" + module + ".tla", Pages.spec(module)));
    for (RunRecord.ModelRecord model : run.models()) {
      names.put(model.name(), Pages.model(model.name()));
      for (RunRecord.ClaimRecord claim : model.claims()) {
        if (claim.counterexample() != null) {
          names.put(claim.counterexample().file(), Pages.counterexample(claim.counterexample()));
        }
      }
    }
  }

  /** The page of an id; null if it has none. */
  @Nullable String ofId(String id) {
    return ids.get(id);
  }

  /** The page of a piece of code: an id, a model, a file of a spec, a command with a trace. */
  @Nullable String ofCode(String code) {
    Matcher id = Findings.ID.matcher(code);
    if (id.matches()) {
      return ofId(id.group(1));
    }
    Matcher trace = Findings.TRACE.matcher(code);
    return names.get(trace.find() ? trace.group() : code);
  }
}
