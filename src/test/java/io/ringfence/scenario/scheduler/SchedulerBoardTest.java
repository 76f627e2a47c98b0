package io.ringfence.scenario.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scenarios can ask for beyond what the recordings in the corpus show. */
class SchedulerBoardTest {
  private static final String CALLBACK = "\"do\":[%s],\"return\":\"RESCHEDULE\"";

  private static List<JsonNode> run(String build, String tasks, String... steps)
      throws IOException {
    return run(build, true, tasks, steps);
  }

  /** Runs steps on a build; quotes are written as apostrophes. */
  private static List<JsonNode> run(String build, boolean asserts, String tasks, String... steps)
      throws IOException {
    String text =
        ("{'build':'%s','config':{'core_count':2,'dynamic_objects':%s,'assert':%s},"
                + "'tasks':{%s},'steps':[%s]}")
            .formatted(
                build, build.equals("user"), asserts, tasks, "{" + String.join("},{", steps) + "}");
    JsonNode scenario = JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    SchedulerBoard board = new SchedulerBoard(scenario);
    List<JsonNode> seen = new ArrayList<>();
    scenario.path("steps").forEach(step -> seen.add(board.perform(step)));
    return seen;
  }

  private static JsonNode last(List<JsonNode> seen) {
    return seen.get(seen.size() - 1);
  }

  private static String text(JsonNode node) {
    return node.toString().replace('"', '\'');
  }

  private static String events(JsonNode observation) {
    StringBuilder names = new StringBuilder();
    observation
        .path("events")
        .forEach(event -> names.append(event.path("ev").asText()).append(' '));
    return names.toString().trim();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ll_lock, 1, kernel, 'INIT', []",
    "ll_unlock, 1, kernel, 'QUEUED', ['A']",
    "domain_lock, 1, kernel, 'QUEUED', ['A']",
    "domain_unlock, 1, kernel, 'QUEUED', ['A']",
    "ll_lock, 1, user, 'INIT', []",
    "ll_unlock, 1, user, 'QUEUED', ['A']",
  })
  void aCallIsSuspendedAtAPointAndGoesOnFromThere(
      String point, int nth, String build, String state, String order) throws IOException {
    List<JsonNode> seen =
        run(
            build,
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'task_init','task':'A','on':'ipc0'",
            "'op':'init_context','task':'A','on':'ipc0'",
            "'op':'schedule','task':'A','on':'ipc0','pause_at':{'point':'%s','nth':%d}"
                .formatted(point, nth),
            "'op':'resume','on':'ipc0'");
    JsonNode suspended = seen.get(3);
    assertThat(suspended.path("done").asBoolean()).isFalse();
    assertThat(suspended.path("threads").path("ipc0").asText()).isEqualTo("paused at " + point);
    assertThat(events(suspended)).endsWith("pause");
    assertThat(suspended.path("tasks").path("A").path("state").asText()).isEqualTo(state);
    assertThat(text(suspended.path("ll").path("LL_TIMER@0").path("order"))).isEqualTo(order);
    assertThat(text(last(seen).path("finished"))).isEqualTo("[{'step':3,'by':'ipc0','rc':'0'}]");
    assertThat(text(last(seen).path("ll").path("LL_TIMER@0").path("order"))).isEqualTo("['A']");
  }

  @Test
  void aFreeIsSuspendedAtItsSecondLockAfterItWaited() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'task_init','task':'A','on':'ipc0'",
            "'op':'schedule','task':'A','on':'ipc0'",
            "'op':'tick'",
            "'op':'free','task':'A','on':'ipc0','pause_at':{'point':'ll_lock','nth':2}",
            "'op':'tick'",
            "'op':'resume','on':'ipc0'",
            "'op':'resume','on':'ipc0'");
    assertThat(seen.get(4).path("threads").path("ipc0").asText()).isEqualTo("waiting on sem(A)");
    assertThat(seen.get(5).path("threads").path("ipc0").asText()).isEqualTo("ready");
    assertThat(seen.get(6).path("threads").path("ipc0").asText()).isEqualTo("paused at ll_lock");
    assertThat(last(seen).path("finished")).hasSize(1);
  }

  @Test
  void theTimerIsLostIfTheLastTaskEndsWhileAnotherIsRegistered() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'ll_init','on':'ipc1'",
            "'op':'task_init','task':'A','on':'ipc0'",
            "'op':'task_init','task':'B','core':1,'on':'ipc1'",
            "'op':'schedule','task':'A','on':'ipc0'",
            "'op':'schedule','task':'B','on':'ipc1','pause_at':{'point':'domain_unlock'}",
            "'op':'free','task':'A','on':'ipc0'",
            "'op':'resume','on':'ipc1'",
            "'op':'tick'");
    assertThat(events(seen.get(6))).isEqualTo("timer_stop thread_abort release");
    assertThat(text(seen.get(7).path("domains").path("LL_TIMER")))
        .isEqualTo("{'registered':1,'timer':'stopped','active':{'0':false,'1':true}}");
    assertThat(text(last(seen).path("events").path(0).path("why")))
        .isEqualTo("'timer not running'");
  }

  @Test
  void aTickSuspendsTheLlThreadAndALaterTickLeavesItThere() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'task_init','task':'A','on':'ipc0'",
            "'op':'schedule','task':'A','on':'ipc0'",
            "'op':'tick','pause_at':{'point':'ll_unlock'}",
            "'op':'tick'",
            "'op':'resume','on':'ll0'");
    assertThat(seen.get(3).path("threads").path("ll0").asText()).isEqualTo("paused at ll_unlock");
    assertThat(text(seen.get(3).path("in_flight"))).isEqualTo("[['A']]");
    assertThat(seen.get(4).path("threads").path("ll0").asText()).isEqualTo("paused at ll_unlock");
    assertThat(events(last(seen))).isEqualTo("run run_end run run_end");
  }

  @Test
  void anInterruptHandlerCannotFree() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'task_init','task':'A','on':'ipc0'",
            "'op':'free','task':'A','on':'isr0'");
    assertThat(last(seen).path("rc").asText()).isEqualTo("-EDEADLK");
    assertThat(text(last(seen).path("events").path(0)))
        .isEqualTo("{'ev':'log','level':'error','by':'isr0'}");
  }

  @Test
  void theThreadOfAnotherCoreIsCreatedAndNobodyIsGrantedAccess() throws IOException {
    List<JsonNode> seen =
        run(
            "user",
            "",
            "'op':'ll_init','on':'ipc1'",
            "'op':'task_init','task':'A','core':1,'on':'ipc1'",
            "'op':'init_context','task':'A','on':'ipc0'");
    assertThat(events(last(seen)))
        .endsWith("thread_start timer_start grant_to_no_thread grant_to_no_thread");
    assertThat(last(seen).path("value").isNull()).isTrue();
    assertThat(last(seen).path("threads").path("ll1").asText()).isEqualTo("ready");
  }

  @Test
  void twoThreadsThatFreeTheSameTaskReleaseItTwice() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'task_init','task':'A','on':'ipc0'",
            "'op':'task_init','task':'B','on':'ipc0'",
            "'op':'schedule','task':'A','on':'ipc0'",
            "'op':'schedule','task':'B','on':'ipc0'",
            "'op':'tick'",
            "'op':'free','task':'A','on':'ipc0'",
            "'op':'free','task':'A','on':'ipcx0'",
            "'op':'tick'",
            "'op':'resume','on':'ipc0'",
            "'op':'sem_timeout','on':'ipcx0'");
    assertThat(last(seen).path("fault").path("kind").asText()).isEqualTo("invalid-free");
    assertThat(last(seen).path("threads").path("ipcx0").asText()).isEqualTo("executing");
  }

  @Test
  void theCallbackOfAFreedTaskCannotBeReachedThroughReleasedMemory() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'task_init','task':'A','on':'ipc0'",
            "'op':'destroy','task':'A','on':'ipc0'",
            "'op':'schedule','task':'A','on':'ipc0'");
    assertThat(seen.get(2).path("tasks").path("A").path("memory").asText()).isEqualTo("released");
    assertThat(last(seen).path("fault").path("object").asText()).isEqualTo("task(A) (released)");
  }

  @Test
  void theNthAllocationFailsWhateverItIs() throws IOException {
    List<JsonNode> seen =
        run(
            "user",
            "",
            "'op':'ll_init','on':'ipc0'",
            "'op':'fail_alloc','nth':3",
            "'op':'task_init','task':'A','on':'ipc0'");
    assertThat(events(last(seen))).isEqualTo("alloc alloc alloc_failed release release");
    assertThat(last(seen).path("rc").asText()).isEqualTo("-ENOMEM");
    assertThat(text(last(seen).path("tasks").path("A").path("pdata"))).isEqualTo("null");
  }

  @Test
  void aCallbackThatWaitsIsReportedWhenItGoesOn() throws IOException {
    String task = "'A':{'runs':[{" + CALLBACK.formatted("{'op':'free','task':'B'}") + "}]}";
    List<JsonNode> seen =
        run(
            "kernel",
            task,
            "'op':'ll_init','on':'ipc0'",
            "'op':'task_init','task':'B','on':'ipc0'",
            "'op':'task_init','task':'A','prio':1,'on':'ipc0'",
            "'op':'schedule','task':'A','on':'ipc0'",
            "'op':'schedule','task':'B','on':'ipc0'",
            "'op':'tick'",
            "'op':'sem_timeout','on':'ll0'");
    assertThat(events(seen.get(5))).isEqualTo("run run_end run wait");
    assertThat(seen.get(5).path("threads").path("ll0").asText()).isEqualTo("waiting on sem(B)");
    assertThat(events(last(seen))).isEqualTo("timeout release call run_end");
  }

  @Test
  void aTaskOfNobodyIsAnErrorOrAnAssertion() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'schedule','task':'NULL','on':'ipc0'",
            "'op':'schedule_before','task':'A','reference':'NULL','on':'ipc0'",
            "'op':'running','task':'NULL','on':'ipc0'");
    assertThat(seen.get(0).path("rc").asText()).isEqualTo("-EINVAL");
    assertThat(seen.get(1).path("rc").asText()).isEqualTo("-EINVAL");
    assertThat(last(seen).path("fault").path("kind").asText()).isEqualTo("assert");
  }

  @Test
  void withoutAssertionsATaskOfNobodyFaults() throws IOException {
    List<JsonNode> seen = run("kernel", false, "", "'op':'running','task':'NULL','on':'ipc0'");
    assertThat(last(seen).path("fault").path("kind").asText()).isEqualTo("null-dereference");
  }

  @Test
  void aSchedulerWithoutAMandatoryOperationIsNotRegistered() throws IOException {
    List<JsonNode> seen =
        run(
            "kernel",
            "",
            "'op':'sched_init','type':'TWB','ops':'none','on':'ipc0'",
            "'op':'sched_init','type':'TWB','ops':'no_free','on':'ipc0'",
            "'op':'sched_init','type':'TWB','ops':'full','on':'ipc0'");
    assertThat(text(seen.get(1).path("lists").path("kernel").path("0"))).isEqualTo("null");
    assertThat(text(last(seen).path("lists").path("kernel").path("0"))).isEqualTo("['TWB']");
  }

  @Test
  void aThreadThatHasNotFinishedCannotBeginAnythingElse() {
    assertThatThrownBy(
            () ->
                run(
                    "kernel",
                    "",
                    "'op':'ll_init','on':'ipc0'",
                    "'op':'task_init','task':'A','on':'ipc0'",
                    "'op':'schedule','task':'A','on':'ipc0','pause_at':{'point':'ll_lock'}",
                    "'op':'cancel','task':'A','on':'ipc0'"))
        .isInstanceOf(BadStepException.class)
        .hasMessageContaining("ipc0 has not finished yet");
  }
}
