package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds firmware that grants, allocates or starts anything else. */
class BrokenObjectsTest {
  private static final String SPEC = "KernelObjects";

  private static Evaluator open(String config) throws Exception {
    return Models.open("objects", "MCKernelObjects", config);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    try (Evaluator spec = open("Objects.cfg")) {
      Conformance found = Models.check(SPEC, spec, Switches.NONE);
      assertThat(found.difference()).isNull();
      assertThat(found.edges()).isEqualTo(599);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Objects.cfg, +R-85 +B-07 +B-08 +B-09 +B-14 +B-16 +S-80",
    "ObjectsHardened.cfg, MERGED",
    "ObjectsBefore.cfg, -B-08"
  })
  void findsAnotherDesign(String config, String designs) throws Exception {
    try (Evaluator spec = open(config)) {
      Models.assertFinds(SPEC, spec, designs);
    }
  }

  @Test
  void aStepOutOfOrderIsRefusedAndChangesNothing() throws Exception {
    try (Evaluator spec = open("Objects.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      Value[] before = firmware.state();
      for (String action : List.of("InitScheduler", "EndBoot", "InitTask", "Run", "EndFree")) {
        assertThat(firmware.resolve(action, Map.of()).perform())
            .as(action)
            .isEqualTo(Outcome.REFUSED);
      }
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void thePictureShowsTheObjectThatAThreadMayNotUse() throws Exception {
    try (Evaluator spec = open("Objects.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      start(firmware);
      perform(firmware, "InitTask", "ScheduleTask", "FreeTask");
      assertThat(firmware.lastFault()).contains("no permission on the MUTEX");
      MemoryObject domain = Models.object(firmware.picture(), "object domain");
      assertThat(domain.words().get(0).wrong()).isTrue();
      assertThat(domain.words().get(0).value()).isEqualTo("boot, ll0");
      assertThat(Models.object(firmware.picture(), "object lock").words().get(0).wrong()).isFalse();
    }
  }

  @Test
  void thePictureShowsTheHandleOfAnObjectThatIsGone() throws Exception {
    try (Evaluator spec = open("Objects.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.parse("+B-16"));
      start(firmware);
      perform(firmware, "EndBoot");
      assertThat(Models.object(firmware.picture(), "object tick1").life()).isEqualTo(Life.FREE);
      assertThat(Models.object(firmware.picture(), "LL scheduler").words())
          .filteredOn(word -> word.wrong())
          .extracting(word -> word.field())
          .containsExactly("tick1");
    }
  }

  private static void start(BoundFirmware firmware) {
    perform(firmware, "InitDomain", "InitScheduler", "InitIpc");
    for (String action : List.of("CreateThread", "JoinDomain", "StartThread")) {
      assertThat(firmware.resolve(action, Map.of("c", IntValue.of(0))).perform())
          .as(action)
          .isEqualTo(Outcome.DONE);
    }
  }

  private static void perform(BoundFirmware firmware, String... actions) {
    for (String action : actions) {
      assertThat(firmware.resolve(action, Map.of()).perform()).as(action).isEqualTo(Outcome.DONE);
    }
  }

  @Test
  void refusesActionsAndArgumentsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = open("Objects.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> firmware.resolve("StartThread", Map.of("c", IntValue.of(2))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("c should be a number");
    }
  }
}
