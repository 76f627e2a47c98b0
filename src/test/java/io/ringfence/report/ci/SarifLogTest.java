package io.ringfence.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.ringfence.replay.Replay;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Loop;
import io.ringfence.verify.RunOfTwoModels;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What code scanning and editors see in the SARIF log. */
class SarifLogTest {
  private static JsonNode sarif(RunRecord run) throws IOException {
    JsonNode log = new ObjectMapper().readTree(SarifLog.of(run));
    assertThat(problems(log)).isEmpty();
    return log.get("runs").get(0);
  }

  private static Set<ValidationMessage> problems(JsonNode log) throws IOException {
    try (InputStream schema =
        SarifLogTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      JsonSchema rules =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
              .getSchema(
                  schema, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
      return rules.validate(log);
    }
  }

  private static JsonNode flow(JsonNode result) {
    return result.at("/codeFlows/0/threadFlows/0/locations");
  }

  @ParameterizedTest
  @EnumSource
  void everyVerdictButAPassIsAResultThatTheSchemaAllows(Verdict verdict) throws IOException {
    JsonNode results = sarif(RunOfVerdicts.of(Verdict.PASS, verdict)).get("results");
    assertThat(results).hasSize(verdict == Verdict.PASS ? 0 : 1);
    for (JsonNode result : results) {
      boolean expected = verdict == Verdict.EXPECTED_VIOLATION;
      assertThat(result.get("kind").asText()).isEqualTo(expected ? "informational" : "fail");
      assertThat(result.get("level").asText()).isEqualTo(expected ? "none" : "error");
      assertThat(result.get("suppressions")).hasSize(expected ? 1 : 0);
    }
  }

  @Test
  void theSchemaIsReallyAsked() throws IOException {
    ObjectNode log =
        (ObjectNode)
            new ObjectMapper().readTree(SarifLog.of(RunOfVerdicts.of(Verdict.PASS, Verdict.ERROR)));
    ((ObjectNode) log.at("/runs/0/results/0")).put("kind", "perhaps");
    assertThat(problems(log)).hasSize(1);
  }

  @Test
  void aRuleIsThePropertyOrElseTheVerdict() throws IOException {
    JsonNode run =
        sarif(
            RunOfVerdicts.of(
                Verdict.DIVERGED,
                Verdict.VIOLATION,
                Verdict.CHANGED,
                Verdict.EXPECTED_VIOLATION,
                Verdict.DIVERGED));
    assertThat(run.at("/tool/driver/rules").findValuesAsText("id"))
        .containsExactly("ringfence/diverged", "LMP-1", "ringfence/changed");
    for (JsonNode result : run.get("results")) {
      JsonNode rule = run.at("/tool/driver/rules/" + result.get("ruleIndex").asInt());
      assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
    }
  }

  @Test
  void aDifferenceIsWhereItsActionIsDefined() throws IOException {
    JsonNode place =
        sarif(RunOfVerdicts.of(Verdict.DIVERGED)).at("/results/0/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("spec/Switch.tla");
    assertThat(place.at("/region/startLine").asInt()).isEqualTo(4);
  }

  @Test
  void aFlowGoesThroughTheDefinitionsOfItsActions() throws IOException {
    JsonNode result = sarif(RunOfVerdicts.of(Verdict.PASS, Verdict.VIOLATION)).at("/results/0");
    JsonNode property = result.at("/locations/0/physicalLocation");
    assertThat(property.at("/artifactLocation/uri").asText()).isEqualTo("spec/Lamp.tla");
    assertThat(property.at("/region/startLine").asInt()).isEqualTo(5);
    JsonNode flow = flow(result);
    assertThat(flow).hasSize(2);
    assertThat(flow.at("/0/location/physicalLocation/region/startLine").asInt()).isEqualTo(3);
    assertThat(flow.at("/1/location/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("spec/Switch.tla");
    assertThat(flow.at("/1/location/physicalLocation/region/startLine").asInt()).isEqualTo(4);
    assertThat(flow.at("/1/location/message/text").asText())
        .isEqualTo("1 Press(ipc)\non: FALSE -> TRUE");
    assertThat(flow.at("/1/executionOrder").asInt()).isEqualTo(1);
  }

  @Test
  void aFlowWithoutAnEndSaysHowItGoesOn() throws IOException {
    ActionCall press = RunOfVerdicts.press("");
    JsonNode back =
        flow(
            sarif(
                    RunOfVerdicts.endless(
                        new Loop(0, press),
                        new Replay.Loop(0, RunOfVerdicts.step(2, press, List.of()))))
                .at("/results/0"));
    assertThat(back).hasSize(3);
    assertThat(back.at("/1/location/message/text").asText()).doesNotContain("for ever");
    assertThat(back.at("/2/location/message/text").asText())
        .startsWith("2 Press(ipc)")
        .endsWith("\nback to step 0, for ever");
    JsonNode stays =
        flow(
            sarif(RunOfVerdicts.endless(new Loop(1, null), new Replay.Loop(1, null)))
                .at("/results/0"));
    assertThat(stays).hasSize(2);
    assertThat(stays.at("/1/location/message/text").asText())
        .endsWith("\nafter step 1 nothing happens, for ever");
  }

  @Test
  void aFlowSaysWhereTheFirmwareLeavesIt() throws IOException {
    JsonNode flow = flow(sarif(RunOfVerdicts.of(Verdict.PASS, Verdict.DIVERGED)).at("/results/0"));
    assertThat(flow.at("/1/location/message/text").asText())
        .endsWith("the firmware leaves the trace here (trace -> firmware):\non: TRUE -> FALSE");
  }

  @Test
  void everyLineOfARealRunIsTheLineOfItsAction() throws Exception {
    JsonNode run = sarif(RunOfTwoModels.get());
    int lines = 0;
    for (JsonNode result : run.get("results")) {
      for (JsonNode step : flow(result)) {
        JsonNode place = step.at("/location/physicalLocation");
        List<String> text = Files.readAllLines(Path.of(place.at("/artifactLocation/uri").asText()));
        String said = step.at("/location/message/text").asText().split("[ (\n]", -1)[1];
        JsonNode region = place.get("region");
        assertThat(
                text.get(region.get("startLine").asInt() - 1)
                    .substring(
                        region.get("startColumn").asInt() - 1, region.get("endColumn").asInt() - 1))
            .isEqualTo(said.equals("initial") ? "Init" : said);
        lines++;
      }
    }
    assertThat(lines).isGreaterThan(10);
  }

  @Test
  void theRunDidNotSucceedIfSomethingWasNotChecked() throws IOException {
    String successful = "/invocations/0/executionSuccessful";
    assertThat(sarif(RunOfVerdicts.of(Verdict.PASS, Verdict.VIOLATION)).at(successful).asBoolean())
        .isTrue();
    assertThat(sarif(RunOfVerdicts.of(Verdict.PASS, Verdict.INCOMPLETE)).at(successful).asBoolean())
        .isFalse();
    assertThat(sarif(RunOfVerdicts.of(Verdict.ERROR)).at(successful).asBoolean()).isFalse();
    assertThat(sarif(RunOfVerdicts.run(List.of())).at(successful).asBoolean()).isFalse();
  }

  @Test
  void aNameIsNoLinkAndNoAddress() throws IOException {
    JsonNode result =
        sarif(
                RunOfVerdicts.of(
                    "Lamp", " [x](https://example.org)?a#b", Verdict.PASS, Verdict.ERROR))
            .at("/results/0");
    assertThat(result.at("/message/text").asText()).contains("[x]\\(https://").doesNotContain("](");
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .startsWith("models/lamp/ERROR%20%5Bx%5D(https://example.org)%3Fa%23b");
  }
}
