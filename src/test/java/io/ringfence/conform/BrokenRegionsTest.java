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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds a virtual region that does anything else than the spec. */
class BrokenRegionsTest {
  private static final String SPEC = "VirtualRegion";

  private static Map<String, Value> constants(Evaluator spec) {
    return Models.constants(spec, Bindings.constants(SPEC));
  }

  private static Conformance check(String config, Map<String, Value> changed, String design)
      throws Exception {
    Switches switches = design.isEmpty() ? Switches.NONE : Switches.parse(design);
    return Models.check("vregion", SPEC, config, changed, switches);
  }

  private static BoundFirmware firmware(String config) throws Exception {
    try (Evaluator spec = Models.open("vregion", "MCVirtualRegion", config)) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      return firmware;
    }
  }

  private static Outcome perform(BoundFirmware firmware, String action, Object... arguments) {
    Map<String, Value> values = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      Object value = arguments[i + 1];
      values.put(
          (String) arguments[i],
          value instanceof Integer number ? IntValue.of(number) : StringValue.of((String) value));
    }
    return firmware.resolve(action, values).perform();
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    assertThat(check("VregionB75.TSK-7.cfg", Map.of(), "").difference()).isNull();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "HARDENED, Vregion.cfg",
    "+O-47, Vregion.cfg",
    "+R-40, Vregion.cfg",
    "+R-41, Vregion.cfg",
    "+R-42, Vregion.cfg",
    "+O-26, VregionUser.cfg",
    "+R-43, VregionUser.cfg",
    "+B-74, VregionUser.cfg",
    "+B-75, VregionUser.cfg",
    "-B-74, VregionOld.HEAP-3.cfg",
    "-B-75, VregionB75.TSK-7.cfg",
    "-B-85, VregionOld.ISO-6.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    Conformance.Difference difference = check(config, Map.of(), design).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @Test
  void findsAnotherSize() throws Exception {
    Map<String, Value> twoPages = Map.of("Lines", IntValue.of(128));
    assertThat(check("VregionUser.cfg", twoPages, "").difference()).isNotNull();
  }

  @Test
  void aRegionThatDoesNotExistIsNeitherUsedNorFreed() throws Exception {
    BoundFirmware firmware = firmware("Vregion.cfg");
    Value[] before = firmware.state();
    assertThat(perform(firmware, "Alloc", "s", "a", "n", 24)).isEqualTo(Outcome.REFUSED);
    assertThat(perform(firmware, "Drop", "t", "module")).isEqualTo(Outcome.REFUSED);
    assertThat(perform(firmware, "Forge", "w", "driver")).isEqualTo(Outcome.REFUSED);
    assertThat(firmware.state()).isEqualTo(before);
  }

  @Test
  void thePictureShowsTheWordThatTheModuleWroteAndTheBlockBehindTheRegion() throws Exception {
    BoundFirmware firmware = firmware("VregionUser.cfg");
    perform(firmware, "Create", "failing", "-");
    perform(firmware, "SetInterim");
    perform(firmware, "Forge", "w", "heap");
    MemoryPicture.Region region = firmware.picture().regions().get(1);
    assertThat(region.userAccess()).isEqualTo(MemoryPicture.UserAccess.WRITE);
    MemoryPicture.MemoryObject heap = region.objects().get(1);
    assertThat(heap.struct()).isEqualTo("struct z_heap");
    assertThat(heap.words().get(0).userWritten()).isTrue();
    assertThat(heap.words().get(0).wrong()).isTrue();
    perform(firmware, "Alloc", "s", "a", "n", 24);
    assertThat(firmware.lastFault()).contains("PROTECTION_WRITE");
    assertThat(firmware.picture().regions().get(1).objects().get(1).inside()).hasSize(1);
    assertThat(firmware.picture().regions().get(2).objects().get(2).words().get(0))
        .matches(MemoryPicture.Word::wrong)
        .extracting(MemoryPicture.Word::value)
        .isEqualTo("region+4096, cached");
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    BoundFirmware firmware = firmware("Vregion.cfg");
    assertThatThrownBy(() -> perform(firmware, "Steal"))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Steal");
    assertThatThrownBy(() -> perform(firmware, "Drop", "t", "host"))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("host");
    assertThatThrownBy(() -> perform(firmware, "Alloc", "s", "a", "n", 0))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("n should be a number");
    try (Evaluator spec = Models.open("vregion", "MCVirtualRegion", "Vregion.cfg")) {
      Map<String, Value> wrong = new HashMap<>(constants(spec));
      wrong.put("Lines", IntValue.of(65));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("a multiple of 64");
    }
  }
}
