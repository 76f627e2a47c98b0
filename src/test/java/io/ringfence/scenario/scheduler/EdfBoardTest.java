package io.ringfence.scenario.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios of the EDF scheduler beyond what the recordings in the corpus show. */
class EdfBoardTest {
  private static final String BEGIN =
      "{'op':'edf_init','on':'ipc0'},{'op':'task_init','task':'E','api':'edf','on':'ipc0'}";

  /** Runs steps after the scheduler is registered; returns what the last one showed. */
  private static JsonNode run(String runs, String... steps) throws IOException {
    String text =
        ("{'build':'kernel','config':{'core_count':2,'dynamic_objects':false,'assert':true},"
                + "'tasks':{'E':{'runs':[%s]}},'steps':[%s,{%s}]}")
            .formatted(runs, BEGIN, String.join("},{", steps));
    JsonNode scenario = JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    SchedulerBoard board = new SchedulerBoard(scenario);
    JsonNode seen = scenario;
    for (JsonNode step : scenario.path("steps")) {
      seen = board.perform(step);
    }
    return seen;
  }

  private static String text(JsonNode node) {
    return node.toString().replace('"', '\'');
  }

  private static String state(JsonNode observation) {
    return observation.path("tasks").path("E").path("state").asText();
  }

  @Test
  void aTaskThatGoesOnIsDueAMillisecondLater() throws IOException {
    JsonNode seen =
        run(
            "{'return':'RESCHEDULE'}", "'op':'schedule','task':'E','start_us':40,'on':'ipc0'",
            "'op':'edf_run'", "'op':'edf_run'");
    assertThat(state(seen)).isEqualTo("QUEUED");
    assertThat(text(seen.path("edf_queue"))).isEqualTo("[{'task':'E','due_us':2040}]");
  }

  @ParameterizedTest(name = "{0} during its run, which returns {1}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "schedule, COMPLETED, COMPLETED, \"[{'task':'E','due_us':0}]\"",
        "schedule, RESCHEDULE, QUEUED, \"[{'task':'E','due_us':1000}]\"",
        "cancel, RESCHEDULE, QUEUED, \"[{'task':'E','due_us':1000}]\"",
        "free, COMPLETED, COMPLETED, []",
        "free, INIT, COMPLETED, []",
      })
  void aCallbackActsOnItsOwnTask(String op, String result, String state, String queue)
      throws IOException {
    JsonNode seen =
        run(
            "{'do':[{'op':'%s','task':'E'}],'return':'%s'}".formatted(op, result),
            "'op':'schedule','task':'E','on':'ipc0'",
            "'op':'edf_run'");
    assertThat(state(seen)).isEqualTo(state);
    assertThat(text(seen.path("edf_queue"))).isEqualTo(queue);
    assertThat(seen.path("fault").isNull()).isTrue();
  }

  @Test
  void aCallbackIsSuspendedWhileAClientActs() throws IOException {
    JsonNode seen =
        run(
            "{'do':[{'op':'yield'}],'return':'COMPLETED'}",
            "'op':'schedule','task':'E','on':'ipc0'",
            "'op':'edf_run'",
            "'op':'cancel','task':'E','on':'ipc0'");
    assertThat(text(seen.path("threads"))).isEqualTo("{'edf':'paused at run(E)'}");
    assertThat(state(seen)).isEqualTo("RUNNING");
  }

  @Test
  void aTaskThatIsScheduledBeforeAnotherIsScheduledAsUsual() throws IOException {
    JsonNode seen =
        run(
            "{'return':'COMPLETED'}",
            "'op':'task_init','task':'G','api':'edf','on':'ipc0'",
            "'op':'schedule_before','task':'E','reference':'G','start_us':7,'on':'ipc0'");
    assertThat(text(seen.path("edf_queue"))).isEqualTo("[{'task':'E','due_us':7}]");
  }

  @Test
  void beforeTheSchedulerIsRegisteredNothingIsQueued() throws IOException {
    JsonNode scenario =
        JsonMapper.builder()
            .build()
            .readTree(
                ("{'build':'kernel','config':{'core_count':1,'dynamic_objects':false,"
                        + "'assert':true},'steps':[{'op':'edf_run'}]}")
                    .replace('\'', '"'));
    JsonNode seen = new SchedulerBoard(scenario).perform(scenario.path("steps").get(0));
    assertThat(text(seen.path("events"))).contains("nothing queued");
    assertThat(seen.has("edf_queue")).isFalse();
  }
}
