package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The conformance check finds memory calls, and task calls, that do anything else than the spec.
 */
class BrokenModuleTest {
  private static final String MEMORY = "ModuleMemory";
  private static final String TASKS = "TaskSyscalls";

  private static Conformance check(
      String spec, String config, Map<String, Value> changed, Switches switches) throws Exception {
    return Models.check("module", spec, config, changed, switches);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    assertThat(check(MEMORY, "ModPool.ISO-2.cfg", Map.of(), Switches.NONE).difference()).isNull();
    assertThat(check(TASKS, "TaskDp.cfg", Map.of(), Switches.NONE).difference()).isNull();
  }

  @ParameterizedTest(name = "{0} on {1} {2}")
  @CsvSource({
    "+O-28, ModuleMemory, ModForged.cfg",
    "+R-70, ModuleMemory, ModPool.ISO-2.cfg",
    "+R-71, ModuleMemory, ModBuffer.cfg",
    "+R-72, ModuleMemory, ModTeardown.cfg",
    "+O-29, ModuleMemory, ModRegion.cfg",
    "+R-87, ModuleMemory, ModHandler.ISO-3.cfg",
    "+R-87, ModuleMemory, ModType.ISO-3.cfg",
    "+R-70, ModuleMemory, ModType.ISO-3.cfg",
    "+R-88, ModuleMemory, ModDomain.ISO-2.cfg",
    "-S-70, ModuleMemory, ModS70.ISO-6.cfg",
    "+O-25, TaskSyscalls, TaskForged.ISO-4.cfg",
    "+R-73, TaskSyscalls, TaskRace.ISO-10.cfg",
    "+R-74, TaskSyscalls, TaskRace.ISO-10.cfg",
    "+R-86, TaskSyscalls, TaskKill.ISO-10.cfg",
    "-B-86, TaskSyscalls, TaskDp.cfg",
    "-B-87, TaskSyscalls, TaskDp.cfg",
    "+O-54, TaskSyscalls, TaskCore.OWN-12.cfg",
    "-B-88, TaskSyscalls, TaskB88.OWN-12.cfg"
  })
  void findsAnotherDesign(String design, String spec, String config) throws Exception {
    Conformance.Difference difference =
        check(spec, config, Map.of(), Switches.parse(design)).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @Test
  void findsAnotherContextAndAnotherBound() throws Exception {
    assertThat(
            check(MEMORY, "ModBuffer.cfg", Map.of("Context", StringValue.of("both")), Switches.NONE)
                .difference())
        .isNotNull();
    assertThat(
            check(TASKS, "TaskDp.cfg", Map.of("CpuCount", IntValue.of(1)), Switches.NONE)
                .difference())
        .isNotNull();
    assertThat(
            check(TASKS, "TaskCore.cfg", Map.of("CoreCount", IntValue.of(1)), Switches.NONE)
                .difference())
        .isNotNull();
  }

  @Test
  void thePictureShowsTheForgedWordAndWhatItLeadsTo() throws Exception {
    try (Evaluator spec = Models.open("module", "MC" + MEMORY, "ModForged.cfg")) {
      BoundFirmware firmware =
          Bindings.open(MEMORY, Models.constants(spec, Bindings.constants(MEMORY)), Switches.NONE);
      firmware.start(new Value[0]);
      assertThat(firmware.resolve("Forge", Map.of("x", StringValue.of("heap=forged"))).perform())
          .isEqualTo(Outcome.DONE);
      List<MemoryPicture.Word> forged =
          firmware.picture().regions().stream()
              .flatMap(region -> region.objects().stream())
              .flatMap(object -> object.words().stream())
              .filter(MemoryPicture.Word::wrong)
              .toList();
      assertThat(forged).hasSize(1);
      assertThat(forged.get(0).field()).isEqualTo("heap");
      assertThat(forged.get(0).target()).isEqualTo("forged heap");
      assertThat(forged.get(0).userWritten()).isTrue();
    }
  }

  @Test
  void thePictureShowsTheHandlerThatNamesAnotherFunction() throws Exception {
    Map<String, Value> first = Map.of("t", StringValue.of("a"), "s", StringValue.of("p"));
    try (Evaluator spec = Models.open("module", "MC" + MEMORY, "ModHandler.ISO-3.cfg")) {
      BoundFirmware firmware =
          Bindings.open(MEMORY, Models.constants(spec, Bindings.constants(MEMORY)), Switches.NONE);
      firmware.start(new Value[0]);
      for (String action : List.of("CallBlobHandler", "Verify", "GetContainer", "Take", "Record")) {
        assertThat(firmware.resolve(action, first).perform()).as(action).isEqualTo(Outcome.DONE);
      }
      assertThat(wrongWords(firmware)).isEmpty();
      firmware.resolve("Forge", Map.of("x", StringValue.of("handler=forged"))).perform();
      assertThat(wrongWords(firmware)).containsExactly("free: sys_poweroff");
    }
  }

  private static List<String> wrongWords(BoundFirmware firmware) {
    return firmware.picture().regions().stream()
        .flatMap(region -> region.objects().stream())
        .flatMap(object -> object.words().stream())
        .filter(MemoryPicture.Word::wrong)
        .map(word -> word.field() + ": " + word.value())
        .toList();
  }

  @Test
  void thePictureOfTasksShowsTheForgedPointer() throws Exception {
    try (Evaluator spec = Models.open("module", "MC" + TASKS, "TaskForged.ISO-4.cfg")) {
      BoundFirmware firmware =
          Bindings.open(TASKS, Models.constants(spec, Bindings.constants(TASKS)), Switches.NONE);
      firmware.start(new Value[0]);
      firmware
          .resolve("Forge", Map.of("k", StringValue.of("task"), "x", StringValue.of("priv=kernel")))
          .perform();
      List<MemoryPicture.Word> forged =
          firmware.picture().regions().get(0).objects().get(0).words().stream()
              .filter(MemoryPicture.Word::wrong)
              .toList();
      assertThat(forged).extracting(MemoryPicture.Word::target).containsExactly("kernel object");
    }
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    for (String spec : List.of(MEMORY, TASKS)) {
      String config = spec.equals(MEMORY) ? "ModPool.ISO-2.cfg" : "TaskDp.cfg";
      try (Evaluator evaluator = Models.open("module", "MC" + spec, config)) {
        Map<String, Value> constants = Models.constants(evaluator, Bindings.constants(spec));
        BoundFirmware firmware = Bindings.open(spec, constants, Switches.NONE);
        assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
            .isInstanceOf(BindingException.class)
            .hasMessageContaining("Steal");
        assertThatThrownBy(() -> firmware.resolve("Verify", Map.of("t", StringValue.of("z"))))
            .isInstanceOf(BindingException.class)
            .hasMessageContaining("z");
        assertThatThrownBy(() -> firmware.resolve("Forge", Map.of("x", StringValue.of("y"))))
            .isInstanceOf(BindingException.class);
        Map<String, Value> wrong = new HashMap<>(constants);
        wrong.put("MaxForgeries", IntValue.of(10));
        assertThatThrownBy(() -> Bindings.open(spec, wrong, Switches.NONE))
            .isInstanceOf(BindingException.class)
            .hasMessageContaining("0 to 9");
      }
    }
  }
}
