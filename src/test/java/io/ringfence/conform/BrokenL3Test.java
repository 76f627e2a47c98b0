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
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds an L3 heap that does anything else than the spec. */
class BrokenL3Test {
  private static final String SPEC = "L3Heap";
  private static final String MODULE = "MCL3Heap";
  private static final Map<String, Value> NONE = Map.of();
  private static final Map<String, Value> OK = Map.of("ok", BoolValue.TRUE);

  private static Map<String, Value> by(String client, int core) {
    return Map.of("c", StringValue.of(client), "core", IntValue.of(core));
  }

  private static BoundFirmware open(String config) throws Exception {
    return open(config, Switches.NONE);
  }

  private static BoundFirmware open(String config, Switches switches) throws Exception {
    try (Evaluator spec = Models.open("l3", MODULE, config)) {
      BoundFirmware firmware =
          Bindings.open(SPEC, Models.constants(spec, Bindings.constants(SPEC)), switches);
      firmware.start(new Value[] {BoolValue.TRUE});
      return firmware;
    }
  }

  private static void perform(BoundFirmware firmware, String action, Map<String, Value> arguments) {
    assertThat(firmware.resolve(action, arguments).perform())
        .as("%s %s", action, arguments)
        .isEqualTo(Outcome.DONE);
  }

  private static Value state(BoundFirmware firmware, String variable) {
    return firmware.state()[firmware.variables().indexOf(variable)];
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+R-44, L3.MEM-6.cfg",
    "+R-45, L3.MEM-6.cfg",
    "+R-46, L3.MEM-6.cfg",
    "+B-80, L3Hardened.cfg",
    "MERGED, L3Hardened.cfg",
    "-B-80, L3Unmapped.MEM-6.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    try (Evaluator spec = Models.open("l3", MODULE, config)) {
      BoundFirmware other =
          Bindings.open(
              SPEC, Models.constants(spec, Bindings.constants(SPEC)), Switches.parse(design));
      Conformance.Difference difference =
          Conformer.check(spec, other, List.of(), ConformListener.NONE).difference();
      assertThat(difference).isNotNull();
      assertThat(difference.lines()).isNotEmpty();
    }
  }

  @Test
  void aLibraryIsIntactAfterAPowerCycleAndAModulesBlockIsLeftOver() throws Exception {
    BoundFirmware firmware = open("L3.MEM-6.cfg");
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", OK);
    perform(firmware, "Alloc", by("module", 0));
    perform(firmware, "Alloc", by("library", 0));
    Value before = state(firmware, "live");
    perform(firmware, "SetDx", OK);
    perform(firmware, "PowerOff", NONE);
    assertThat(state(firmware, "held").toString()).contains("library |-> 0");
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", OK);
    assertThat(state(firmware, "live")).isEqualTo(before);
    assertThat(state(firmware, "held").toString()).contains("library |-> 2", "module |-> 0");
    MemoryPicture.MemoryObject block = firmware.picture().regions().get(2).objects().get(0);
    assertThat(block.life()).isEqualTo(MemoryPicture.Life.LIVE);
    assertThat(block.words().get(0).value()).isEqualTo("nobody");
    assertThat(block.words().get(0).wrong()).isTrue();
  }

  @Test
  void whatWasAllocatedAfterTheSaveIsForgotten() throws Exception {
    BoundFirmware firmware = open("L3Hardened.cfg");
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", OK);
    perform(firmware, "SetDx", OK);
    perform(firmware, "Alloc", by("module", 0));
    assertThat(state(firmware, "live")).isNotEqualTo(state(firmware, "memory"));
    perform(firmware, "PowerOff", NONE);
    perform(firmware, "PowerOn", NONE);
    assertThat(state(firmware, "live")).isEqualTo(state(firmware, "memory"));
    assertThat(state(firmware, "live").toString()).isEqualTo("{}");
  }

  @Test
  void aSecondaryCoreGetsNothingAndFreesNothing() throws Exception {
    BoundFirmware firmware = open("L3.MEM-6.cfg");
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", OK);
    perform(firmware, "Alloc", by("module", 1));
    assertThat(firmware.lastFault()).contains("only for primary core");
    perform(firmware, "Alloc", by("module", 0));
    Value held = state(firmware, "live");
    perform(firmware, "Free", Map.of("core", IntValue.of(1)));
    assertThat(firmware.lastFault()).contains("only for primary core");
    assertThat(state(firmware, "live")).isEqualTo(held);
    perform(firmware, "Free", Map.of("core", IntValue.of(0)));
    assertThat(state(firmware, "live").toString()).isEqualTo("{}");
  }

  @Test
  void thePictureShowsThePointerToAMessageThatIsGone() throws Exception {
    BoundFirmware firmware = open("L3.MEM-6.cfg");
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", OK);
    perform(firmware, "Alloc", by("library", 0));
    perform(firmware, "Notify", NONE);
    perform(firmware, "SetDx", OK);
    perform(firmware, "PowerOff", NONE);
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", OK);
    MemoryPicture.Word pool = firmware.picture().regions().get(0).objects().get(1).words().get(1);
    assertThat(pool.field()).isEqualTo("lib_notif_pool");
    assertThat(pool.wrong()).isTrue();
    perform(firmware, "Notify", NONE);
    assertThat(state(firmware, "phase").toString()).contains("stopped");
    assertThat(firmware.lastFault()).contains("outside of any allocated block");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"-B-80, stale, stopped", "-B-80 +R-45, dropped, up"})
  void aRestoreThatFailsFollowsTheOldTableOrFreesWhatWasSaved(
      String design, String result, String phase) throws Exception {
    BoundFirmware firmware = open("L3Unmapped.MEM-6.cfg", Switches.parse(design));
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", OK);
    perform(firmware, "Alloc", by("library", 0));
    perform(firmware, "SetDx", OK);
    perform(firmware, "PowerOff", NONE);
    perform(firmware, "PowerOn", NONE);
    perform(firmware, "Restore", Map.of("ok", BoolValue.FALSE));
    assertThat(state(firmware, "result")).isEqualTo(StringValue.of(result));
    assertThat(state(firmware, "phase")).isEqualTo(StringValue.of(phase));
    assertThat(state(firmware, "live").toString()).isEqualTo(phase.equals("up") ? "{}" : "{1}");
  }

  @Test
  void refusesActionsAndArgumentsThatItDoesNotKnow() throws Exception {
    BoundFirmware firmware = open("L3.MEM-6.cfg");
    assertThatThrownBy(() -> firmware.resolve("Reset", NONE))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Reset");
    assertThatThrownBy(() -> firmware.resolve("Alloc", by("driver", 0)))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("driver");
    assertThatThrownBy(() -> firmware.resolve("Free", Map.of("core", IntValue.of(2))))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("0 to 1");
    assertThat(firmware.resolve("Alloc", by("module", 0)).perform()).isEqualTo(Outcome.REFUSED);
  }
}
