package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ringfence.firmware.schedule.Task;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What the callbacks of the tasks do, run by run. */
final class Callbacks {
  /** States by number, as in the source. */
  static final List<String> STATES =
      List.of(
          "INIT",
          "QUEUED",
          "PENDING",
          "RUNNING",
          "PREEMPTED",
          "COMPLETED",
          "FREE",
          "CANCEL",
          "RESCHEDULE");

  private static final int MOST_RUNS = 60;

  private final JsonNode tasks;
  private final Map<String, Integer> runs = new HashMap<>();
  private int runsInStep;

  Callbacks(JsonNode tasks) {
    this.tasks = tasks;
  }

  /** A run in progress. */
  record Run(String task, int nth, Iterator<JsonNode> operations, int result) {
    String resultName() {
      return STATES.get(result);
    }
  }

  /** Starts to count the runs of a step. */
  void beginStep() {
    runsInStep = 0;
  }

  /**
   * A callback is entered.
   *
   * @throws Livelock if too many were in this step
   */
  Run enter(String task) {
    if (++runsInStep > MOST_RUNS) {
      throw new Livelock(MOST_RUNS);
    }
    int nth = runs.merge(task, 1, Integer::sum);
    JsonNode script = tasks.path(task).path("runs");
    JsonNode run = script.path(Math.min(nth, script.size()) - 1);
    return new Run(task, nth, operations(run), result(run));
  }

  private static Iterator<JsonNode> operations(JsonNode run) {
    JsonNode operations = run.path("do");
    return (operations.isArray() ? operations : JsonNodeFactory.instance.arrayNode()).iterator();
  }

  private static int result(JsonNode run) {
    if (run.isMissingNode()) {
      return Task.STATE_RESCHEDULE;
    }
    int state = STATES.indexOf(run.path("return").asText());
    if (state < 0) {
      throw new BadStepException("a callback cannot return " + run.path("return"));
    }
    return state;
  }
}
