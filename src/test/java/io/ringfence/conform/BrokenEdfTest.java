package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds an EDF scheduler that does anything else. */
class BrokenEdfTest {
  private static final String SPEC = "EdfScheduler";
  private static final Value CLIENT = StringValue.of("ipcx0");
  private static final Value QUEUE = StringValue.of("edf");
  private static final Value TASK = StringValue.of("a");

  private static Conformance check(String config, Map<String, Value> changed, Switches switches)
      throws Exception {
    return Models.check("edf", SPEC, config, changed, switches);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check("EdfOtherTask.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(14140);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "EdfAgain.cfg, +O-34d",
    "EdfCancelled.cfg, +O-34a +O-34b +O-34c +O-34d +R-152 +R-153 +B-66",
    "EdfFlags.cfg, -B-66 +R-154",
    "EdfOwn.cfg, +O-33 +R-150",
    "EdfOnce.cfg, +R-151",
    "EdfHardenedUp.cfg, MERGED",
  })
  void findsAnotherDesign(String config, String designs) throws Exception {
    for (String design : designs.split(" ", -1)) {
      Conformance.Difference difference =
          check(config, Map.of(), Switches.parse(design)).difference();
      assertThat(difference).as(design).isNotNull();
      assertThat(difference.lines()).as(design).isNotEmpty();
    }
  }

  @Test
  void findsAnotherBuildAnotherProcessorAndOtherClients() throws Exception {
    SetValue nothing = SetValue.of(List.of());
    Map<String, Map<String, Value>> changes =
        Map.of(
            "EdfOtherTask.cfg", Map.of("Asserts", BoolValue.FALSE),
            "EdfUp.cfg", Map.of("Discipline", StringValue.of("SMP")),
            "EdfAgain.cfg", Map.of("RunCalls", nothing),
            "EdfOwn.cfg", Map.of("CompleteCalls", nothing),
            "EdfFlags.cfg", Map.of("Calls", nothing));
    for (Map.Entry<String, Map<String, Value>> change : changes.entrySet()) {
      assertThat(check(change.getKey(), change.getValue(), Switches.NONE).difference())
          .as(change.toString())
          .isNotNull();
    }
  }

  private static BoundFirmware boot(String config) throws Exception {
    try (Evaluator spec = Models.open("edf", "MCEdfScheduler", config)) {
      Map<String, Value> constants = Models.constants(spec, Bindings.constants(SPEC));
      BoundFirmware firmware = Bindings.open(SPEC, constants, Switches.NONE);
      firmware.start(new Value[0]);
      return firmware;
    }
  }

  private static Outcome perform(BoundFirmware firmware, String action, Value thread) {
    return perform(firmware, action, Map.of("t", thread));
  }

  private static Outcome perform(
      BoundFirmware firmware, String action, Map<String, Value> arguments) {
    return firmware.resolve(action, arguments).perform();
  }

  /** A client initializes a task and schedules it. */
  private static void schedule(BoundFirmware firmware) {
    call(firmware, "N_Init");
    Map<String, Value> arguments = new LinkedHashMap<>(ofTask());
    arguments.put("delay", StringValue.of("now"));
    perform(firmware, "S0_Schedule", arguments);
    perform(firmware, "S1_Submit", CLIENT);
    perform(firmware, "S2_Queued", CLIENT);
  }

  private static Map<String, Value> ofTask() {
    return Map.of("t", CLIENT, "k", TASK);
  }

  private static Outcome call(BoundFirmware firmware, String action) {
    return perform(firmware, action, ofTask());
  }

  @Test
  void aStepOutOfOrderIsRefusedAndChangesNothing() throws Exception {
    BoundFirmware firmware = boot("Edf.cfg");
    schedule(firmware);
    Value[] before = firmware.state();
    for (String action : List.of("S1_Submit", "C1_Test", "F3_State", "W0_Take", "E1_Running")) {
      assertThat(perform(firmware, action, CLIENT)).as(action).isEqualTo(Outcome.REFUSED);
    }
    for (String action : List.of("W1_Done", "E3_Store", "X_Completed")) {
      assertThat(perform(firmware, action, QUEUE)).as(action).isEqualTo(Outcome.REFUSED);
    }
    assertThat(perform(firmware, "T_Expire", Map.of())).isEqualTo(Outcome.REFUSED);
    for (String action : List.of("N_Init", "D_Destroy")) {
      assertThat(call(firmware, action)).as(action).isEqualTo(Outcome.REFUSED);
    }
    assertThat(firmware.state()).isEqualTo(before);
  }

  @Test
  void thePictureShowsTheReleasedTaskThatTheQueueLeadsTo() throws Exception {
    BoundFirmware firmware = boot("Edf.cfg");
    schedule(firmware);
    assertThat(Models.object(firmware.picture(), "a").words())
        .extracting(word -> word.value())
        .containsExactly("QUEUED", "client_run", "queued");
    call(firmware, "F0_Free");
    perform(firmware, "F3_State", CLIENT);
    perform(firmware, "F4_Clear", CLIENT);
    call(firmware, "D_Destroy");
    assertThat(Models.object(firmware.picture(), "a").life()).isEqualTo(Life.FREE);
    assertThat(Models.object(firmware.picture(), "edf_workq").words().get(0).wrong()).isTrue();
    assertThat(perform(firmware, "W0_Take", QUEUE)).isEqualTo(Outcome.DONE);
    assertThat(firmware.lastFault()).contains("USE_AFTER_FREE");
  }

  @Test
  void thePictureShowsWhatEachThreadIsDoing() throws Exception {
    BoundFirmware firmware = boot("Edf.cfg");
    schedule(firmware);
    for (String action : List.of("W0_Take", "E1_Running", "E2_Call")) {
      assertThat(perform(firmware, action, QUEUE)).as(action).isEqualTo(Outcome.DONE);
    }
    assertThat(Models.object(firmware.picture(), "edf").words())
        .extracting(word -> word.field() + " " + word.value())
        .containsExactly("QUEUE W1_Done a", "HANDLER E3_Store a", "RUN Callback a");
  }

  @Test
  void refusesActionsAndArgumentsThatItDoesNotKnow() throws Exception {
    BoundFirmware firmware = boot("Edf.cfg");
    assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Steal");
    assertThatThrownBy(() -> firmware.resolve("W0_Take", Map.of("t", StringValue.of("ll0"))))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("t should be one of");
    Map<String, Value> constants = new LinkedHashMap<>();
    assertThatThrownBy(() -> Bindings.open(SPEC, constants, Switches.NONE))
        .isInstanceOf(BindingException.class);
  }

  @Test
  void refusesAClientThatHasNoPriority() throws Exception {
    assertThatThrownBy(
            () ->
                check(
                    "EdfUp.cfg",
                    Map.of("Clients", SetValue.of(List.of(StringValue.of("idc")))),
                    Switches.NONE))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("idc");
  }
}
