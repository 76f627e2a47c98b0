package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds a chain DMA that does anything else than the spec. */
class BrokenChainTest {
  private static final String SPEC = "ChainDma";
  private static final String MERGED = "Chain.TSK-16.cfg";
  private static final Map<String, Value> NONE = Map.of();

  private static Evaluator open() throws Exception {
    return Models.open("chain", "MCChainDma", MERGED);
  }

  private static BoundFirmware boot() throws Exception {
    try (Evaluator spec = open()) {
      return Models.boot(SPEC, spec, Switches.NONE);
    }
  }

  private static Map<String, Value> memory(boolean there) {
    return Map.of("memory", BoolValue.of(there));
  }

  private static Map<String, Value> error(boolean found) {
    return Map.of("error", BoolValue.of(found));
  }

  private static Outcome perform(
      BoundFirmware firmware, String action, Map<String, Value> arguments) {
    return firmware.resolve(action, arguments).perform();
  }

  private static List<String> names(BoundFirmware firmware) {
    return firmware.picture().regions().get(0).objects().stream().map(MemoryObject::name).toList();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({"+O-23, Chain.TSK-16.cfg", "MERGED, ChainHardened.cfg"})
  void findsAnotherDesign(String design, String config) throws Exception {
    assertThat(Models.check("chain", SPEC, config, Map.of(), Switches.parse(design)).difference())
        .isNotNull();
  }

  @Test
  void findsAnotherNumberOfSemaphores() throws Exception {
    Map<String, Value> more = Map.of("Semaphores", IntValue.of(3));
    assertThat(Models.check("chain", SPEC, MERGED, more, Switches.NONE).difference()).isNotNull();
  }

  @Test
  void thePictureShowsTheRecordOfATaskThatIsGoneBeforeThatOfTheNextAtItsAddress() throws Exception {
    BoundFirmware firmware = boot();
    assertThat(names(firmware)).isEmpty();
    perform(firmware, "Start", memory(true));
    assertThat(names(firmware)).containsExactly("chain", "private data", "record 1");
    perform(firmware, "Tick", error(true));
    perform(firmware, "Delete", NONE);
    perform(firmware, "Start", memory(true));
    assertThat(names(firmware))
        .containsExactly("chain", "private data", "record 1, of a task that is gone", "record 2");
    List<MemoryObject> objects = firmware.picture().regions().get(0).objects();
    MemoryPicture.Word stale = objects.get(2).words().get(0);
    assertThat(stale.wrong()).isTrue();
    assertThat(stale.value()).isEqualTo(objects.get(3).words().get(0).value());
  }

  @Test
  void aChainThatRunsIsFreedAfterATickAndStartsAgain() throws Exception {
    BoundFirmware firmware = boot();
    perform(firmware, "Start", memory(true));
    perform(firmware, "Tick", error(false));
    perform(firmware, "Pause", NONE);
    assertThat(names(firmware)).containsExactly("chain");
    perform(firmware, "Start", memory(true));
    assertThat(names(firmware)).containsExactly("chain", "private data", "record 1");
  }

  @Test
  void memoryIsNeitherMissingWhereNoneIsNeededNorThereWhenItIsUsedUp() throws Exception {
    BoundFirmware firmware = boot();
    perform(firmware, "Start", memory(true));
    Value[] before = firmware.state();
    assertThat(perform(firmware, "Start", memory(false))).isEqualTo(Outcome.REFUSED);
    assertThat(firmware.state()).isEqualTo(before);
    perform(firmware, "Tick", error(true));
    perform(firmware, "Delete", NONE);
    perform(firmware, "Start", memory(true));
    perform(firmware, "Delete", NONE);
    assertThat(perform(firmware, "Start", memory(true))).isEqualTo(Outcome.REFUSED);
    assertThat(perform(firmware, "Start", memory(false))).isEqualTo(Outcome.DONE);
    assertThat(names(firmware)).hasSize(2);
  }

  @Test
  void nothingIsDoneAfterAFaultNorAboutNoChain() throws Exception {
    BoundFirmware firmware = boot();
    assertThat(perform(firmware, "Delete", NONE)).isEqualTo(Outcome.REFUSED);
    assertThat(perform(firmware, "Tick", error(false))).isEqualTo(Outcome.REFUSED);
    perform(firmware, "Pause", NONE);
    perform(firmware, "Start", memory(false));
    perform(firmware, "Pause", NONE);
    assertThat(firmware.lastFault()).contains("NULL");
    assertThat(firmware.state()[5]).isEqualTo(StringValue.of("fault"));
    assertThat(perform(firmware, "Pause", NONE)).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void refusesActionsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = open()) {
      assertThatThrownBy(() -> boot().resolve("Stop", NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Stop");
      Map<String, Value> constants =
          new HashMap<>(Models.constants(spec, Bindings.constants(SPEC)));
      constants.put("Semaphores", IntValue.of(0));
      assertThatThrownBy(() -> Bindings.open(SPEC, constants, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("1 to 4");
    }
  }
}
