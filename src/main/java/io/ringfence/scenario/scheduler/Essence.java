package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What has to be the same in two observations of a step. */
public final class Essence {
  private Essence() {}

  /**
   * Returns an observation without what the corpus gives as information only: the place of a fault
   * in the C code, undefined behavior that the compiler's runtime saw, the flags of allocations and
   * their place among the events.
   */
  public static JsonNode of(JsonNode observation) {
    ObjectNode essence = observation.deepCopy();
    if (essence.path("fault") instanceof ObjectNode fault) {
      fault.remove("in");
    }
    List<String> allocations = new ArrayList<>();
    ArrayNode events = essence.putArray("events");
    for (JsonNode event : observation.path("events")) {
      switch (event.path("ev").asText()) {
        case "undefined_behaviour" -> {}
        case "alloc" ->
            allocations.add(event.path("what").asText() + " from " + event.path("heap").asText());
        default -> events.add(event);
      }
    }
    ArrayNode sorted = essence.putArray("allocations");
    allocations.stream().sorted().forEach(sorted::add);
    return essence;
  }
}
