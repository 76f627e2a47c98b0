package io.ringfence.report.ci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of SARIF: a property that is violated, or else the verdict on a check. */
final class SarifRules {
  private static final Map<Verdict, String> VERDICTS =
      Map.of(
          Verdict.VIOLATION,
          "A property is violated that was expected to hold.",
          Verdict.MISSING_VIOLATION,
          "An expected violation was not found, or another property was violated instead.",
          Verdict.VACUOUS,
          "An action never fires, a witness is not reached, or no defect breaks a property.",
          Verdict.DIVERGED,
          "Spec and firmware disagree.",
          Verdict.CHANGED,
          "Pinned counts differ from those found.",
          Verdict.INCOMPLETE,
          "A limit was reached before the model was checked.",
          Verdict.ERROR,
          "The check could not be made.");

  private final RunRecord run;
  private final Map<String, ObjectNode> rules = new LinkedHashMap<>();

  SarifRules(RunRecord run) {
    this.run = run;
  }

  /** The id of the rule that a check breaks. */
  String idOf(Check check) {
    return rule(check).get("id").asText();
  }

  /** The position of that rule, from 0. */
  int indexOf(Check check) {
    return List.copyOf(rules.keySet()).indexOf(idOf(check));
  }

  /** The rules that were asked for so far. */
  ArrayNode json() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    rules.values().forEach(json::add);
    return json;
  }

  private ObjectNode rule(Check check) {
    String operator = violated(check);
    if (operator == null) {
      Verdict verdict = check.verdict();
      String id = "ringfence/" + verdict.toString().toLowerCase(Locale.ROOT).replace('_', '-');
      return rules.computeIfAbsent(
          id, key -> rule(key, verdict.toString(), VERDICTS.getOrDefault(verdict, key)));
    }
    return run.properties().stream()
        .filter(property -> property.is(operator, check.model()))
        .findFirst()
        .map(
            property ->
                rules.computeIfAbsent(
                    property.id(), id -> rule(id, property.name(), property.statement())))
        .orElseGet(() -> rules.computeIfAbsent(operator, id -> rule(id, id, "")));
  }

  /** The operator that a check found violated, if that is what it is about. */
  private static @Nullable String violated(Check check) {
    boolean violation =
        check.verdict() == Verdict.VIOLATION || check.verdict() == Verdict.EXPECTED_VIOLATION;
    RunRecord.ClaimRecord claim = check.claim();
    return violation && claim != null ? claim.violated() : null;
  }

  private static ObjectNode rule(String id, String name, String statement) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.put("id", id).put("name", name);
    SarifPlaces.text(rule.putObject("shortDescription"), statement.isEmpty() ? name : statement);
    return rule;
  }
}
