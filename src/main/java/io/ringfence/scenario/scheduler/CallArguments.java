package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/** The arguments of a call as the recorder wrote them down. */
final class CallArguments {
  private static final List<String> ARGUMENTS =
      List.of("task", "reference", "type", "to", "core", "start_us");

  private static final Map<String, String> DEFAULTS =
      Map.of("api", "ll", "type", "LL_TIMER", "prio", "0", "core", "0", "flags", "0");

  private CallArguments() {}

  static ArrayNode of(JsonNode operation) {
    ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
    if (operation.path("op").asText().equals("task_init")) {
      for (String name : List.of("task", "api", "type", "prio", "core", "flags")) {
        arguments.add(operation.path(name).asText(DEFAULTS.get(name)));
      }
      return arguments;
    }
    for (String name : ARGUMENTS) {
      if (operation.has(name)) {
        arguments.add(operation.get(name).asText());
      }
    }
    return arguments;
  }
}
