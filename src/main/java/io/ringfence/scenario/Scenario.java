package io.ringfence.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ringfence.json.JsonProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded sequence of calls, with what the real code did after each.
 *
 * @param subject what it is about: the allocator, such as {@code sys_heap}, or {@link #SCHEDULER}
 * @param json the whole file
 * @param config build options and sizes
 * @param steps one operation each
 * @param expected one observation for each step
 */
public record Scenario(
    Path file,
    String name,
    String subject,
    JsonNode json,
    JsonNode config,
    List<JsonNode> steps,
    List<JsonNode> expected) {
  /** The subject of scenarios about the schedulers, which name a build and no allocator. */
  public static final String SCHEDULER = "scheduler";

  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a scenario.
   *
   * @throws ScenarioFormatException if the file is no scenario of format 1
   * @throws IOException if it cannot be read
   */
  public static Scenario read(Path file) throws IOException {
    JsonNode json;
    try {
      json = MAPPER.readTree(Files.newBufferedReader(file));
    } catch (CharacterCodingException e) {
      throw new ScenarioFormatException(file + ": it is not in UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new ScenarioFormatException(JsonProblem.in(file, e), e);
    }
    require(file, json.isObject(), "a scenario is a JSON object");
    require(
        file,
        json.path("format").asInt() == FORMAT,
        "format should be " + FORMAT + " and is " + json.path("format"));
    boolean ofAllocator = json.path("allocator").isTextual();
    require(
        file,
        ofAllocator || json.path("build").isTextual(),
        "it does not say which allocator, or which build, it is of");
    require(file, json.path("config").isObject(), "it has no config");
    List<JsonNode> steps = list(file, json, "steps");
    List<JsonNode> expected = list(file, json, "expected");
    require(file, !steps.isEmpty(), "it has no steps");
    require(
        file,
        steps.size() == expected.size(),
        "it has " + steps.size() + " steps and " + expected.size() + " observations");
    for (JsonNode step : steps) {
      require(file, step.path("op").isTextual(), "a step does not say which operation it is");
    }
    return new Scenario(
        file,
        json.path("name").asText(String.valueOf(file.getFileName())),
        ofAllocator ? json.get("allocator").asText() : SCHEDULER,
        json,
        json.get("config"),
        steps,
        expected);
  }

  private static List<JsonNode> list(Path file, JsonNode json, String member) {
    require(file, json.path(member).isArray(), "it has no list of " + member);
    List<JsonNode> elements = new ArrayList<>();
    json.get(member).forEach(elements::add);
    return List.copyOf(elements);
  }

  private static void require(Path file, boolean condition, String message) {
    if (!condition) {
      throw new ScenarioFormatException(file + ": " + message, null);
    }
  }
}
