package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.Errno;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation returned.
 *
 * @param code the return code, or null if it returns none
 * @param value the value, or null if it returns none
 */
record Outcome(@Nullable String code, @Nullable JsonNode value) {
  private static final Map<Integer, String> ERRORS =
      Map.of(
          Errno.ENOENT, "ENOENT",
          Errno.ENOMEM, "ENOMEM",
          Errno.EEXIST, "EEXIST",
          Errno.ENODEV, "ENODEV",
          Errno.EINVAL, "EINVAL",
          Errno.EDEADLK, "EDEADLK");

  /** Of an operation that returns nothing. */
  static final Outcome NOTHING = new Outcome(null, null);

  static Outcome code(int code) {
    String number = Integer.toString(code);
    return new Outcome(
        code < 0 ? "-" + ERRORS.getOrDefault(-code, number.substring(1)) : number, null);
  }

  static Outcome value(@Nullable String text) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return new Outcome(null, text == null ? factory.nullNode() : factory.textNode(text));
  }

  static Outcome value(JsonNode value) {
    return new Outcome(null, value);
  }

  /** Adds what there is to an observation. */
  void addTo(ObjectNode observation) {
    observation.put("rc", code);
    if (value != null) {
      observation.set("value", value);
    }
  }
}
