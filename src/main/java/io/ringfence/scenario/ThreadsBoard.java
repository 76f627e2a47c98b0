package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.scenario.scheduler.BadStepException;
import io.ringfence.scenario.scheduler.Essence;
import io.ringfence.scenario.scheduler.SchedulerBoard;

/** The board of the scenarios about the schedulers; says in which file a step is bad. */
final class ThreadsBoard implements Board {
  private final Scenario scenario;
  private final SchedulerBoard board;

  ThreadsBoard(Scenario scenario) {
    this.scenario = scenario;
    try {
      this.board = new SchedulerBoard(scenario.json());
    } catch (BadStepException e) {
      throw bad(e);
    }
  }

  @Override
  public ObjectNode perform(JsonNode step, JsonNode wanted) {
    try {
      return board.perform(step);
    } catch (BadStepException e) {
      throw bad(e);
    }
  }

  @Override
  public JsonNode comparable(JsonNode observation) {
    return Essence.of(observation);
  }

  private ScenarioFormatException bad(BadStepException cause) {
    return new ScenarioFormatException(scenario.file() + ": " + cause.getMessage(), cause);
  }
}
