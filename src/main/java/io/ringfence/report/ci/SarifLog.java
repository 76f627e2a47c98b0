package io.ringfence.report.ci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.util.List;

/**
 * The results as SARIF 2.1.0: an error for each finding, and each violation that is expected as a
 * suppressed one, both with the counterexample as a code flow through the specs.
 */
final class SarifLog {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final RunRecord run;
  private final SarifRules rules;
  private final SarifPlaces places;

  private SarifLog(RunRecord run) {
    this.run = run;
    this.rules = new SarifRules(run);
    this.places = new SarifPlaces(new SpecPlaces(run));
  }

  static String of(RunRecord run) {
    try {
      return MAPPER.writeValueAsString(new SarifLog(run).log()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results cannot be written as SARIF", e);
    }
  }

  private ObjectNode log() {
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
    ObjectNode first = log.putArray("runs").addObject();
    List<Check> checks = Check.of(run);
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    checks.stream().filter(SarifLog::isShown).forEach(check -> results.add(result(check)));
    // The rules come last: which ones there are shows when the results are made.
    ObjectNode driver = first.putObject("tool").putObject("driver");
    driver.put("name", "Ringfence").put("version", run.toolVersion());
    driver.set("rules", rules.json());
    first.putArray("invocations").add(invocation(checks));
    first
        .putObject("originalUriBaseIds")
        .putObject(SarifPlaces.ROOT)
        .putObject("description")
        .put("text", "The checkout that was checked.");
    first.put("columnKind", "utf16CodeUnits");
    first.set("results", results);
    return log;
  }

  private static boolean isShown(Check check) {
    return check.verdict() != Verdict.PASS;
  }

  private ObjectNode invocation(List<Check> checks) {
    ObjectNode invocation = JsonNodeFactory.instance.objectNode();
    invocation.put("commandLine", String.join(" ", run.command()));
    invocation.put("startTimeUtc", run.started());
    invocation.put(
        "executionSuccessful", !checks.isEmpty() && checks.stream().noneMatch(Check::isError));
    return invocation;
  }

  private ObjectNode result(Check check) {
    boolean expected = check.verdict() == Verdict.EXPECTED_VIOLATION;
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("ruleId", rules.idOf(check));
    result.put("ruleIndex", rules.indexOf(check));
    result.put("kind", expected ? "informational" : "fail");
    result.put("level", expected ? "none" : "error");
    SarifPlaces.message(result, message(check));
    result.putArray("locations").add(places.of(check));
    RunRecord.CounterexampleRecord found = check.counterexample();
    if (found != null) {
      result
          .putArray("codeFlows")
          .addObject()
          .putArray("threadFlows")
          .addObject()
          .set("locations", places.flow(check.model().spec(), found.trace(), found.replay()));
    }
    result
        .putObject("partialFingerprints")
        .put("check/v1", check.model().name() + " " + check.name());
    ArrayNode suppressions = result.putArray("suppressions");
    if (expected) {
      suppressions
          .addObject()
          .put("kind", "external")
          .put("status", "accepted")
          .put("justification", "The manifest of the models expects it: " + check.name());
    }
    return result;
  }

  private static String message(Check check) {
    String what = check.model().name() + ", " + check.name() + ": ";
    return check.verdict() == Verdict.EXPECTED_VIOLATION
        ? what + "violated, as expected"
        : what + check.verdict() + ", " + check.explanation();
  }
}
