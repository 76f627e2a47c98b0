package io.ringfence.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the callbacks of tasks do, run by run: the {@code tasks} of a scenario. */
final class ScenarioScript {
  private final Map<String, ArrayNode> runs = new LinkedHashMap<>();
  private @Nullable ObjectNode current;

  /** A callback begins; how it returns is not known yet. */
  void begin(String task) {
    ObjectNode run = JsonNodeFactory.instance.objectNode();
    run.putArray("do");
    run.put("return", "RESCHEDULE");
    runs.computeIfAbsent(task, key -> JsonNodeFactory.instance.arrayNode()).add(run);
    current = run;
  }

  /** The callback in progress makes a call, or waits. */
  ObjectNode operation(String op) {
    return operations().addObject().put("op", op);
  }

  private ArrayNode operations() {
    if (current == null) {
      throw new IllegalStateException("no callback executes");
    }
    return (ArrayNode) current.get("do");
  }

  boolean executes() {
    return current != null;
  }

  /** The callback in progress returns. */
  void returns(String result) {
    operations();
    if (current != null) {
      current.put("return", result);
    }
    current = null;
  }

  /** The callback in progress never returns: its thread was aborted. */
  void ends() {
    current = null;
  }

  ObjectNode json() {
    ObjectNode tasks = JsonNodeFactory.instance.objectNode();
    runs.forEach((task, list) -> tasks.putObject(task).set("runs", list));
    return tasks;
  }
}
