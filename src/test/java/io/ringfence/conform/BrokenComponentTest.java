package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds a shared component that does anything else than the spec. */
class BrokenComponentTest {
  private static final String SPEC = "SharedComponent";
  private static final String MODULE = "Component.TSK-7.cfg";
  private static final String NATIVE = "ComponentNative.TSK-7.cfg";
  private static final Map<String, Value> NONE = Map.of();

  private static BoundFirmware boot(String config) throws Exception {
    try (Evaluator spec = Models.open("component", "MC" + SPEC, config)) {
      return Models.boot(SPEC, spec, Switches.NONE);
    }
  }

  private static Outcome perform(BoundFirmware firmware, String action) {
    return firmware.resolve(action, NONE).perform();
  }

  private static Outcome prepare(BoundFirmware firmware, String failing) {
    return firmware.resolve("Prepare", Map.of("failing", StringValue.of(failing))).perform();
  }

  private static Outcome tick(BoundFirmware firmware, boolean error) {
    return firmware.resolve("Tick", Map.of("error", BoolValue.of(error))).perform();
  }

  /** A component that was started, stopped and reset. */
  private static BoundFirmware reset(String config) throws Exception {
    BoundFirmware firmware = boot(config);
    perform(firmware, "Create");
    prepare(firmware, "nothing");
    perform(firmware, "Start");
    perform(firmware, "Stop");
    perform(firmware, "Reset");
    return firmware;
  }

  private static MemoryObject object(BoundFirmware firmware, String name) {
    return firmware.picture().regions().get(0).objects().stream()
        .filter(object -> object.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<MemoryPicture.Word> wrong(MemoryObject object) {
    return object.words().stream().filter(MemoryPicture.Word::wrong).toList();
  }

  private static String result(BoundFirmware firmware) {
    return ((StringValue) firmware.state()[5]).value();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+O-49, Component.TSK-7.cfg",
    "+R-112, Component.TSK-7.cfg",
    "+R-113, Component.TSK-7.cfg",
    "+O-49, ComponentNative.TSK-7.cfg",
    "+R-112, ComponentNative.TSK-7.cfg",
    "MERGED, ComponentHardened.cfg",
    "MERGED, ComponentNativeHardened.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    assertThat(
            Models.check("component", SPEC, config, Map.of(), Switches.parse(design)).difference())
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"native, Component.TSK-7.cfg", "module, ComponentNative.TSK-7.cfg"})
  void findsAnotherDriver(String driver, String config) throws Exception {
    Map<String, Value> other = Map.of("Driver", StringValue.of(driver));
    assertThat(Models.check("component", SPEC, config, other, Switches.NONE).difference())
        .isNotNull();
  }

  @Test
  void afterAResetTheTickWritesToABufferThatWasFreed() throws Exception {
    BoundFirmware firmware = reset(MODULE);
    assertThat(object(firmware, "input buffers").life()).isEqualTo(Life.FREE);
    assertThat(wrong(object(firmware, "module")))
        .singleElement()
        .extracting(MemoryPicture.Word::field)
        .isEqualTo("input_buffers");
    tick(firmware, false);
    assertThat(result(firmware)).isEqualTo("fault");
    assertThat(firmware.lastFault()).contains("USE_AFTER_FREE", "write of 4 bytes");
    assertThat(tick(firmware, false)).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aSecondResetFreesABlockThatIsNotAllocated() throws Exception {
    BoundFirmware firmware = boot(MODULE);
    perform(firmware, "Create");
    perform(firmware, "Reset");
    assertThat(result(firmware)).isEqualTo("ok");
    prepare(firmware, "nothing");
    perform(firmware, "Reset");
    perform(firmware, "Reset");
    assertThat(result(firmware)).isEqualTo("invalid free");
    assertThat(firmware.lastFault()).contains("double free");
  }

  @Test
  void theTaskOfAComponentThatIsGoneCopiesForTheNextAtItsAddress() throws Exception {
    BoundFirmware firmware = reset(NATIVE);
    long address = object(firmware, "component").address();
    perform(firmware, "Free");
    assertThat(wrong(object(firmware, "lost task 1")))
        .singleElement()
        .extracting(MemoryPicture.Word::value)
        .isEqualTo(String.format("0x%08x", address));
    perform(firmware, "Create");
    assertThat(object(firmware, "component").address()).isEqualTo(address);
    assertThat(wrong(object(firmware, "lost task 1")))
        .singleElement()
        .extracting(MemoryPicture.Word::target)
        .isEqualTo("component");
    tick(firmware, false);
    assertThat(result(firmware)).isEqualTo("-");
    perform(firmware, "Free");
    tick(firmware, false);
    assertThat(result(firmware)).isEqualTo("fault");
  }

  @ParameterizedTest
  @CsvSource({"task", "private data"})
  void aTaskThatCannotBeMadeIsNotLeftBehind(String failing) throws Exception {
    BoundFirmware firmware = boot(MODULE);
    perform(firmware, "Create");
    Value[] before = firmware.state();
    assertThat(prepare(firmware, failing)).isEqualTo(Outcome.DONE);
    assertThat(result(firmware)).isEqualTo("ENOMEM");
    assertThat(firmware.state()).startsWith(Arrays.copyOf(before, 5));
    prepare(firmware, "component");
    assertThat(result(firmware)).isEqualTo("EINVAL");
    assertThat(prepare(firmware, failing)).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void messagesThatAreOutOfOrderAreRefused() throws Exception {
    BoundFirmware firmware = boot(MODULE);
    for (String action : List.of("Start", "Stop", "Reset", "Free")) {
      assertThat(perform(firmware, action)).as(action).isEqualTo(Outcome.REFUSED);
    }
    assertThat(tick(firmware, true)).isEqualTo(Outcome.REFUSED);
    perform(firmware, "Create");
    assertThat(perform(firmware, "Create")).isEqualTo(Outcome.REFUSED);
    prepare(firmware, "nothing");
    perform(firmware, "Start");
    assertThat(perform(firmware, "Reset")).isEqualTo(Outcome.REFUSED);
    assertThat(firmware.lastFault()).contains("state");
  }

  @Test
  void refusesActionsAndConstantsThatItDoesNotKnow() throws Exception {
    assertThatThrownBy(() -> boot(MODULE).resolve("Pause", NONE))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Pause");
    Map<String, Value> other = Map.of("Driver", IntValue.of(1));
    assertThatThrownBy(() -> Models.check("component", SPEC, MODULE, other, Switches.NONE))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Driver");
  }
}
