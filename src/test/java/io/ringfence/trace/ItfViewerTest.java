package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the ITF viewer of Visual Studio Code needs beyond the format: it compares each variable with
 * what it was before, and fails if a list or a set was something else, or if anything is null.
 */
class ItfViewerTest {
  private static final Set<String> TAGS = Set.of("#set", "#tup", "#map");

  @ParameterizedTest
  @ValueSource(strings = {"ll-mem-3", "ll-tsk-7", "v1-own-11"})
  void whatIsWrittenCanBeViewed(String name) throws IOException {
    StringWriter text = new StringWriter();
    ItfWriter.write(
        ItfReader.read(Path.of("src/test/resources/traces/" + name + ".itf.json")), text);
    JsonNode trace = new ObjectMapper().readTree(text.toString());
    Set<String> fields = new TreeSet<>(Set.of("#meta"));
    trace.get("vars").forEach(variable -> fields.add(variable.asText()));
    assertThat(trace.get("vars")).hasSize(fields.size() - 1);
    List<JsonNode> states = new ArrayList<>();
    trace.get("states").forEach(states::add);
    assertThat(states).hasSizeGreaterThan(1);
    for (int i = 0; i < states.size(); i++) {
      Set<String> found = new TreeSet<>();
      states.get(i).fieldNames().forEachRemaining(found::add);
      assertThat(found).isEqualTo(fields);
      assertThat(states.get(i).at("/#meta/index").asInt()).isEqualTo(i);
      assertThat(states.get(i).toString()).doesNotContain(":null", ",null", "[null");
      for (JsonNode variable : trace.get("vars")) {
        assertThat(kind(states.get(i).get(variable.asText())))
            .isEqualTo(kind(states.get(Math.max(0, i - 1)).get(variable.asText())));
      }
    }
  }

  private static String kind(JsonNode value) {
    if (value.isObject() && value.size() == 1 && TAGS.contains(value.fieldNames().next())) {
      return value.fieldNames().next();
    }
    return value.getNodeType().toString();
  }
}
