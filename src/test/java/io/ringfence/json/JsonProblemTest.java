package io.ringfence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is told whose file is wrong. */
class JsonProblemTest {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private enum Color {
    RED,
    BLUE
  }

  record Item(String name, int count, boolean big, Color color, Map<String, String> why) {
    Item {
      if (count < 0) {
        throw new IllegalArgumentException("a count is not negative");
      }
    }
  }

  private record Whole(List<Item> items) {}

  private static final String GOOD =
      """
      {"items": [
        {"name": "a", "count": 1, "big": true, "color": "RED", "why": {}}
      ]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"count\": 1 | \"count\": | f:2:25: this is not JSON: Unexpected character (',')",
        "\"count\": 1 | count: 1 | f:2:17: this is not JSON: Unexpected character ('c')",
        "]} | ] | f:4:1: the file ends too early",
        "\"big\": true | \"name\": \"b\" | f:2:35: there are two fields 'name'",
        "\"big\": true, |  `` | f:2:55: items[0].big: this field is missing",
        "\"RED\" | null | f:2:66: items[0].color: this field should not be null",
        "\"big\" | \"bug\": 1, \"big\" | items[0].bug: there is no field 'bug'; there are [big, color,",
        "\"count\": 1 | \"count\": \"many\" | f:2:26: items[0].count: expected a number",
        "\"count\": 1 | \"count\": -1 | items[0]: a count is not negative",
        "true | \"maybe\" | items[0].big: expected true or false",
        "RED | GREEN | items[0].color: expected one of RED, BLUE",
        "\"a\" | [1] | items[0].name: expected a string",
        "{} | [1] | items[0].why: expected an object {..}",
        "]} | ]} {} | something follows the end",
      })
  void saysWhereAndWhatWasExpected(String from, String to, String message) {
    String text = GOOD.replace(from, to);
    assertThat(text).isNotEqualTo(GOOD);
    JsonProcessingException thrown =
        catchThrowableOfType(
            JsonProcessingException.class, () -> MAPPER.readValue(text, Whole.class));
    assertThat(JsonProblem.in(Path.of("f"), thrown))
        .startsWith("f:")
        .contains(message)
        .doesNotContain("io.ringfence", "java.", "`", "$");
  }
}
