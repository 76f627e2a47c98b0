package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Status;
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

/** The conformance check finds firmware whose timer domain does anything else. */
class BrokenDomainTest {
  private static final String SPEC = "LlDomain";

  private static Evaluator open(String config) throws Exception {
    return Models.open("domain", "MCLlDomain", config);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    try (Evaluator spec = open("DomainFair.cfg")) {
      Conformance found = Models.check(SPEC, spec, Switches.NONE);
      assertThat(found.difference()).isNull();
      assertThat(found.edges()).isEqualTo(2492);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "DomainFair.cfg, HARDENED +O-16 +O-40 +O-41 +R-100 +R-131 +R-132 +R-133 +R-134",
    "DomainFair.cfg, +B-27 +B-40 +B-41 +B-42 +B-43 +B-44 +B-45 +B-46 +B-48",
    "DomainUserSetup.cfg, HARDENED +O-16 +O-19 +O-43 +R-100 +B-45",
    "DomainTeardown.cfg, +O-42 +R-131 +R-133 +B-40",
    "DomainLockOrder.cfg, -S-130",
    "DomainFairHardened.cfg, MERGED"
  })
  void findsAnotherDesign(String config, String designs) throws Exception {
    try (Evaluator spec = open(config)) {
      Models.assertFinds(SPEC, spec, designs);
    }
  }

  @Test
  void aStepOutOfOrderIsRefusedAndChangesNothing() throws Exception {
    try (Evaluator spec = open("DomainFair.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      Value[] before = firmware.state();
      for (String action : List.of("P5_Lock", "U1_Uncount", "Q5_Abort", "F5_Unlock")) {
        assertThat(perform(firmware, action, "ipc0")).as(action).isEqualTo(Outcome.REFUSED);
      }
      for (String action : List.of("L0_Take", "R2_Done", "R4_Unlock", "R2d_Resume")) {
        assertThat(perform(firmware, action, "ll0")).as(action).isEqualTo(Outcome.REFUSED);
      }
      assertThat(firmware.resolve("I1_Expire", of("i", "isr1")).perform())
          .isEqualTo(Outcome.REFUSED);
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void aSpinningThreadIsRefusedAndChangesNothing() throws Exception {
    try (Evaluator spec = open("DomainCores.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      register(firmware, "ipc0", 0, "P5_Lock");
      register(firmware, "ipc1", 1, "P4_CreateThread");
      Value[] before = firmware.state();
      assertThat(perform(firmware, "P5_Lock", "ipc1")).isEqualTo(Outcome.REFUSED);
      assertThat(firmware.lastFault()).contains("waits");
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void thePictureShowsTheSemaphoreThatWasNeverInitialized() throws Exception {
    try (Evaluator spec = open("DomainFair.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      register(firmware, "ipc0", 0, "P2_SetHandler");
      assertThat(Models.object(firmware.picture(), "sem0").life()).isEqualTo(Life.RAW);
      assertThat(Models.object(firmware.picture(), "domain_thread[0]").words())
          .filteredOn(Word::wrong)
          .extracting(Word::field)
          .containsExactly("sem");
      assertThat(perform(firmware, "P3_InitSem", "ipc0")).isEqualTo(Outcome.DONE);
      assertThat(Models.object(firmware.picture(), "sem0").life()).isEqualTo(Life.LIVE);
    }
  }

  @Test
  void theLanesShowWhoWaitsForTheTickAndWhoHasTheLock() throws Exception {
    try (Evaluator spec = open("DomainFair.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      register(firmware, "ipc0", 0, "P5_Lock");
      ThreadPicture threads = firmware.threads();
      assertThat(lane(threads, "ll0").status()).isEqualTo(Status.WAITING);
      assertThat(lane(threads, "ll1").status()).isEqualTo(Status.ENDED);
      assertThat(lane(threads, "ipc0").label()).isEqualTo("P6");
      assertThat(threads.locks())
          .filteredOn(lock -> lock.owner() != null)
          .extracting(ThreadPicture.Lock::name)
          .containsExactly("domain lock");
    }
  }

  /** Schedules a task, up to a step and including it. */
  private static void register(BoundFirmware firmware, String thread, int core, String last) {
    Map<String, Value> arguments = new HashMap<>(of("t", thread));
    arguments.put("c", IntValue.of(core));
    assertThat(firmware.resolve("S0_Schedule", arguments).perform()).isEqualTo(Outcome.DONE);
    for (String action :
        List.of(
            "S1_Lock",
            "S6_Count",
            "S7_Register",
            "P1_CheckHandler",
            "P2_SetHandler",
            "P3_InitSem",
            "P4_CreateThread",
            "P5_Lock")) {
      assertThat(perform(firmware, action, thread)).as(action).isEqualTo(Outcome.DONE);
      if (action.equals(last)) {
        return;
      }
    }
  }

  private static Outcome perform(BoundFirmware firmware, String action, String thread) {
    return firmware.resolve(action, of("t", thread)).perform();
  }

  private static Map<String, Value> of(String parameter, String value) {
    return Map.of(parameter, StringValue.of(value));
  }

  private static Lane lane(ThreadPicture threads, String name) {
    return threads.lanes().stream()
        .filter(lane -> lane.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesActionsArgumentsAndDesignsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = open("DomainUserSetup.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> firmware.resolve("S6_Count", of("t", "ipc7")))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("t should be one of");
      assertThatThrownBy(() -> Models.boot(SPEC, spec, Switches.parse("+B-41")))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Defects");
    }
  }
}
