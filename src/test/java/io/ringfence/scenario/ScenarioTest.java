package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The executable allocators and schedulers do what the real ones did; see FORMAT.md in oracle-heap
 * and in oracle, and README.md in beyond-corpus.
 */
class ScenarioTest {
  private static final Path CORPUS = Path.of("src/test/resources/oracle-heap");
  private static final Path SCHEDULERS = Path.of("src/test/resources/oracle");
  private static final Path BEYOND = Path.of("src/test/resources/beyond-corpus");
  private static final int SCENARIOS = 170;
  private static final int SCHEDULER_SCENARIOS = 172;
  private static final int BEYOND_SCENARIOS = 66;
  private static final Path PAGES = CORPUS.resolve("vpage/lifo.json");

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> everyRecordedScenarioOfTheAllocatorsMatchesTheRealCode() throws IOException {
    assertThat(scenarios(CORPUS)).as("scenarios in %s", CORPUS).hasSize(SCENARIOS);
    return matches(scenarios(CORPUS));
  }

  @TestFactory
  List<DynamicTest> everyRecordedScenarioOfTheSchedulersMatchesTheRealCode() throws IOException {
    assertThat(scenarios(SCHEDULERS)).as("scenarios").hasSize(SCHEDULER_SCENARIOS);
    return matches(scenarios(SCHEDULERS));
  }

  @TestFactory
  List<DynamicTest> whatTheRealCodeDoesBeyondTheCorpusMatches() throws IOException {
    assertThat(scenarios(BEYOND)).as("scenarios in %s", BEYOND).hasSize(BEYOND_SCENARIOS);
    return matches(scenarios(BEYOND));
  }

  private static List<Path> scenarios(Path corpus) throws IOException {
    try (Stream<Path> files = Files.walk(corpus)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static List<DynamicTest> matches(List<Path> files) {
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(ScenarioRunner.run(Scenario.read(file))).isNull()))
        .toList();
  }

  private Scenario changed(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Path copy = folder.resolve("changed.json");
    Files.writeString(copy, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
    return Scenario.read(copy);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "vpage/lifo.json | \"in_use\":1 | \"in_use\":2 | state.vpages.in_use",
        "vpage/lifo.json | \"phys_free\":2047 | \"phys_free\":2048 | state.pages.phys_free",
        "virtual_heap/block-choice.json | \"block\":512 | \"block\":256 | state.vmh",
        "vregion/lifetime.json | \"users\":1 | \"users\":2 | state.vregion:v.users",
        "sof_heap/double-free.json | \"fault\":\"panic\" | \"fault\":\"oops\" | fault",
        "sof_heap/double-free.json | \"spinlocks_left_held\":1 | \"spinlocks_left_held\":2 | spinlocks_left_held",
        "syscall/free-range.json | \"fault\":\"oops\" | \"fault\":\"panic\" | fault",
        "sof_heap/free-aliases.json | \"flush_invd\" | \"invd\" | cache",
      })
  void anObservationThatWasNotMadeIsAMismatch(String file, String from, String to, String field)
      throws IOException {
    Mismatch mismatch = ScenarioRunner.run(changed(CORPUS.resolve(file), from, to));
    assertThat(mismatch).isNotNull();
    assertThat(mismatch.fields()).anySatisfy(line -> assertThat(line).startsWith(field + ": "));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "free_timeout_while_running_kernel | \"order\":[\"B\"] | \"order\":[\"A\"] | ll.LL_TIMER@0.order",
        "free_timeout_while_running_kernel | \"n_tasks\":2 | \"n_tasks\":1 | ll.LL_TIMER@0.n_tasks",
        "free_timeout_while_running_kernel | \"in_flight\":[[\"A\"]] | \"in_flight\":[] | in_flight",
        "free_timeout_while_running_kernel | \"freeing\":true | \"freeing\":false | tasks.A.pdata.freeing",
        "free_timeout_while_running_kernel | paused at run(A) | waiting for tick | threads.ll0",
        "free_timeout_while_running_kernel | \"timer\":\"running\" | \"timer\":\"stopped\" | domains.LL_TIMER.timer",
        "free_timeout_while_running_kernel | \"nth\":1 | \"nth\":2 | events",
        "free_timeout_while_running_kernel | \"by\":\"ipc0\",\"rc\":\"0\" | \"by\":\"ipc0\",\"rc\":\"-EINVAL\" | finished",
        "free_timeout_while_running_kernel | use-after-free\",\"access\":\"read | use-after-free\",\"access\":\"write | fault.access",
        "free_timeout_while_running_kernel | pdata(A) (released) | pdata(B) (released) | fault.object",
        "free_timeout_destroy_kernel | a list that does not hold it | dead memory | detached_rings",
        "free_timeout_destroy_kernel | A (memory released) | A | ll.LL_TIMER@0.order",
        "free_timeout_destroy_kernel | \"intact\":false | \"intact\":true | ll.LL_TIMER@0.intact",
        "sched_list_alloc_failure_user | \"what\":\"sched_list@0\",\"heap\":\"user\" | \"what\":\"sched_list@0\",\"heap\":\"sys\" | events",
        "sched_list_alloc_failure_user | \"unreachable\":[\"ll_sched(LL_TIMER@0)\",\"schedule_data(LL_TIMER@0)\"] | \"unreachable\":[] | unreachable",
        "lock_sched_nested_user | \"depth\":2 | \"depth\":1 | ll.LL_TIMER@0.lock.depth",
        "sem_not_granted_user | no access to sem(B) | no access to sem(A) | fault.detail",
        "ping_pong_livelock_user | the same pattern repeats | nothing repeats | events",
        "reg_two_cores_user | data of TWB | data of DP | value",
        "edf_life_cycle | {\"task\":\"G\",\"due_us\":100} | {\"task\":\"G\",\"due_us\":200} | edf_queue",
        "edf_life_cycle | \"ev\":\"complete_callback\",\"task\":\"H\" | \"ev\":\"note\",\"task\":\"H\" | events",
        "edf_destroy_queued | \"edf_queue\":[\"<dead memory>\"] | \"edf_queue\":[] | edf_queue",
        "edf_free_queued | must have a callback | is wrong | fault.detail",
        "edf_set_running | \"state\":\"RUNNING\" | \"state\":\"CANCEL\" | tasks.E.state",
        "pdata_alloc_failure_user | \"what\":\"pdata(A)\",\"heap\":\"user\",\"flags\" | \"what\":\"pdata(B)\",\"heap\":\"user\",\"flags\" | allocations",
      })
  void anObservationOfTheSchedulersThatWasNotMadeIsAMismatch(
      String name, String from, String to, String field) throws IOException {
    Path file = SCHEDULERS.resolve(name + ".json");
    Mismatch mismatch = ScenarioRunner.run(changedExpectation(file, from, to));
    assertThat(mismatch).isNotNull();
    assertThat(mismatch.fields()).anySatisfy(line -> assertThat(line).startsWith(field + ": "));
  }

  /** Leaves the part of the file alone that says what to do. */
  private Scenario changedExpectation(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    int expected = text.indexOf("\"expected\"");
    String recorded = text.substring(expected);
    assertThat(recorded).contains(from);
    Path copy = folder.resolve("changed.json");
    Files.writeString(copy, text.substring(0, expected) + recorded.replace(from, to));
    return Scenario.read(copy);
  }

  @Test
  void whatTheCorpusGivesAsInformationNeedNotBeTheSame() throws IOException {
    Path file = SCHEDULERS.resolve("user_task_info_crash.json");
    assertThat(ScenarioRunner.run(changedExpectation(file, "zephyr_ll.c", "elsewhere.c"))).isNull();
    assertThat(ScenarioRunner.run(changedExpectation(file, "user+coherent", "none"))).isNull();
  }

  @Test
  void aMismatchShowsTheStepAndBothSides() throws IOException {
    Mismatch mismatch = ScenarioRunner.run(changed(PAGES, "\"total\":32", "\"total\":33"));
    assertThat(mismatch.step()).isEqualTo(1);
    assertThat(mismatch.operation()).contains("boot_vpages");
    assertThat(mismatch.fields()).containsExactly("state.vpages.total: recorded 33, firmware 32");
  }

  @Test
  void anOperationOrAHeapOrAFlagThatDoesNotExistIsAnErrorAndNoMismatch() throws IOException {
    Scenario operation = changed(PAGES, "\"vpage_alloc\"", "\"vpage_steal\"");
    assertThatThrownBy(() -> ScenarioRunner.run(operation))
        .isInstanceOf(ScenarioFormatException.class)
        .hasMessageContaining("vpage_steal");
    Path system = CORPUS.resolve("syscall/alloc-heap.json");
    Scenario heap = changed(system, "\"heap\":\"system\"", "\"heap\":\"sytem\"");
    assertThatThrownBy(() -> ScenarioRunner.run(heap))
        .isInstanceOf(ScenarioFormatException.class)
        .hasMessageContaining("sytem");
    Scenario flag =
        changed(
            CORPUS.resolve("sof_heap/l3-rules.json"), "\"flags\":[\"L3\"]", "\"flags\":[\"L4\"]");
    assertThatThrownBy(() -> ScenarioRunner.run(flag))
        .isInstanceOf(ScenarioFormatException.class)
        .hasMessageContaining("L4");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "operation | \"op\":\"free\" | \"op\":\"release\" | unknown operation",
        "thread | \"on\":\"ipc0\" | \"on\":\"dsp0\" | no thread 'dsp0'",
        "LL thread that does not exist | \"on\":\"ll0\" | \"on\":\"ll5\" | no thread 'll5'",
        "build | \"build\":\"kernel\" | \"build\":\"both\" | no build 'both'",
        "callback's result | \"return\":\"RESCHEDULE\" | \"return\":\"AGAIN\" | cannot return \"AGAIN\"",
        "type | \"task\":\"A\",\"prio\":0 | \"task\":\"A\",\"type\":\"LL\" | no type of scheduler",
        "api | \"task\":\"A\",\"prio\":0 | \"task\":\"A\",\"api\":\"dp\" | api 'dp'",
        "time-out | \"op\":\"resume\" | \"op\":\"sem_timeout\" | nothing can time out",
        "pause point | \"op\":\"tick\" | \"op\":\"tick\",\"pause_at\":{\"point\":\"lock\"} | no point to pause at",
      })
  void aStepThatMakesNoSenseIsAnErrorAndNoMismatch(
      String what, String from, String to, String message) throws IOException {
    Path file = SCHEDULERS.resolve("free_timeout_while_running_kernel.json");
    Scenario scenario = changed(file, from, to);
    assertThatThrownBy(() -> ScenarioRunner.run(scenario))
        .as(what)
        .isInstanceOf(ScenarioFormatException.class)
        .hasMessageContaining("changed.json")
        .hasMessageContaining(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON | {\"format\":1 | changed.json:",
        "another format | {\"format\":2,\"allocator\":\"vpage\",\"config\":{},\"steps\":[{\"op\":\"x\"}],\"expected\":[{}]} | format should be 1",
        "no allocator | {\"format\":1,\"config\":{},\"steps\":[{\"op\":\"x\"}],\"expected\":[{}]} | which allocator",
        "no steps | {\"format\":1,\"allocator\":\"vpage\",\"config\":{},\"steps\":[],\"expected\":[]} | no steps",
        "too few observations | {\"format\":1,\"allocator\":\"vpage\",\"config\":{},\"steps\":[{\"op\":\"x\"}],\"expected\":[]} | 1 steps and 0 observations",
        "a step without operation | {\"format\":1,\"allocator\":\"vpage\",\"config\":{},\"steps\":[{}],\"expected\":[{}]} | which operation",
      })
  void refusesAFileThatIsNoScenario(String what, String text, String message) throws IOException {
    Path file = folder.resolve("changed.json");
    Files.writeString(file, text);
    assertThatThrownBy(() -> Scenario.read(file))
        .as(what)
        .isInstanceOf(ScenarioFormatException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("changed.json");
  }

  @Test
  void refusesAnAllocatorThatItDoesNotKnow() throws IOException {
    Scenario scenario = changed(PAGES, "\"allocator\":\"vpage\"", "\"allocator\":\"slab\"");
    assertThatThrownBy(() -> ScenarioRunner.run(scenario))
        .isInstanceOf(ScenarioFormatException.class)
        .hasMessageContaining("slab");
  }
}
