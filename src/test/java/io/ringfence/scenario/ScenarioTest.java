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

/** The executable allocators do what the real ones did; see oracle-heap/FORMAT.md. */
class ScenarioTest {
  private static final Path CORPUS = Path.of("src/test/resources/oracle-heap");
  private static final int SCENARIOS = 170;
  private static final Path PAGES = CORPUS.resolve("vpage/lifo.json");

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> everyRecordedScenarioMatchesTheRealCode() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      List<DynamicTest> tests =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(
                  file ->
                      DynamicTest.dynamicTest(
                          CORPUS.relativize(file).toString(),
                          () -> assertThat(ScenarioRunner.run(Scenario.read(file))).isNull()))
              .toList();
      assertThat(tests).as("scenarios in %s", CORPUS).hasSize(SCENARIOS);
      return tests;
    }
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
