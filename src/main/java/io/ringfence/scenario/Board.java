package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A machine with firmware on it, set up as a scenario says. */
interface Board {

  /**
   * Performs an operation.
   *
   * @param wanted what the recording observed, as far as it decides what is worth looking at
   * @return what was observed, under the names of the corpus
   * @throws ScenarioFormatException if there is no such operation
   */
  ObjectNode perform(JsonNode step, JsonNode wanted);

  /** Returns an observation, ours or recorded, without what need not be the same. */
  default JsonNode comparable(JsonNode observation) {
    return observation;
  }
}
