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
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds a virtual heap that does anything else than the spec. */
class BrokenVirtualHeapTest {
  private static final String SPEC = "VirtualHeap";

  private static Map<String, Value> constants(Evaluator spec) {
    return Models.constants(spec, Bindings.constants(SPEC));
  }

  private static Conformance check(String config, Map<String, Value> changed, Switches switches)
      throws Exception {
    return Models.check("vmh", SPEC, config, changed, switches);
  }

  /** A booted heap of four blocks of 2 units and two of 8, where a page is 4 units. */
  private static BoundFirmware boot(Evaluator spec, Switches switches, boolean contiguous) {
    BoundFirmware firmware = Bindings.open(SPEC, constants(spec), switches);
    Value[] start = new Value[firmware.variables().size()];
    Arrays.fill(start, IntValue.of(0));
    start[firmware.variables().indexOf("contiguous")] = BoolValue.of(contiguous);
    assertThat(firmware.start(start)).isTrue();
    return firmware;
  }

  private static Outcome perform(BoundFirmware firmware, String action, Object... arguments) {
    Map<String, Value> named = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      Object value = arguments[i + 1];
      named.put(
          (String) arguments[i],
          value instanceof Integer number ? IntValue.of(number) : StringValue.of((String) value));
    }
    return firmware.resolve(action, named).perform();
  }

  private static void allocate(BoundFirmware firmware, String slot, int units) {
    assertThat(perform(firmware, "Alloc", "t", "p", "s", slot, "n", units, "align", 1))
        .isEqualTo(Outcome.DONE);
    assertThat(perform(firmware, "Map", "t", "p")).isEqualTo(Outcome.DONE);
  }

  private static Value value(BoundFirmware firmware, String variable) {
    return firmware.state()[firmware.variables().indexOf(variable)];
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check("VmhAligned.HEAP-3.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(336);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+R-04, VmhContiguous.HEAP-11.cfg",
    "+R-20, VmhInterior.HEAP-18.cfg",
    "+R-21, VmhInterior.HEAP-18.cfg",
    "+R-22, VmhAligned.HEAP-3.cfg",
    "+B-77, VmhAligned.HEAP-3.cfg",
    "-B-78c, VmhB78.HEAP-12.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    Conformance.Difference difference =
        check(config, Map.of(), Switches.parse(design)).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({"PhysicalPages, 1", "PageUnits, 8"})
  void findsAnotherSize(String constant, int value) throws Exception {
    assertThat(
            check("VmhAligned.HEAP-3.cfg", Map.of(constant, IntValue.of(value)), Switches.NONE)
                .difference())
        .isNotNull();
  }

  @Test
  void findsAnotherBlockSize() throws Exception {
    Value blocks = SeqValue.of(IntValue.of(4), IntValue.of(8));
    assertThat(
            check("VmhAligned.HEAP-3.cfg", Map.of("BlockUnits", blocks), Switches.NONE)
                .difference())
        .isNotNull();
  }

  @Test
  void aThreadWaitsForTheMutexThatAnotherOneHas() throws Exception {
    try (Evaluator spec = Models.open("vmh", "MCVirtualHeap", "Vmh.cfg")) {
      BoundFirmware firmware = boot(spec, Switches.NONE, false);
      assertThat(perform(firmware, "Alloc", "t", "p", "s", "a", "n", 2, "align", 1))
          .isEqualTo(Outcome.DONE);
      assertThat(value(firmware, "lock")).isEqualTo(StringValue.of("p"));
      Value[] before = firmware.state();
      assertThat(perform(firmware, "Alloc", "t", "q", "s", "b", "n", 2, "align", 1))
          .isEqualTo(Outcome.REFUSED);
      assertThat(firmware.state()).isEqualTo(before);
      assertThat(perform(firmware, "Map", "t", "p")).isEqualTo(Outcome.DONE);
      assertThat(perform(firmware, "Alloc", "t", "q", "s", "b", "n", 2, "align", 1))
          .isEqualTo(Outcome.DONE);
    }
  }

  @Test
  void aStepThatIsNotDueIsRefused() throws Exception {
    try (Evaluator spec = Models.open("vmh", "MCVirtualHeap", "Vmh.cfg")) {
      BoundFirmware firmware = boot(spec, Switches.NONE, false);
      assertThat(perform(firmware, "Map", "t", "p")).isEqualTo(Outcome.REFUSED);
      assertThat(perform(firmware, "Unmap", "t", "p")).isEqualTo(Outcome.REFUSED);
      assertThat(perform(firmware, "Free", "t", "p", "s", "a")).isEqualTo(Outcome.REFUSED);
      allocate(firmware, "a", 2);
      assertThat(perform(firmware, "FreeInside", "t", "p", "s", "a", "offset", 2))
          .as("an address behind what the client asked for")
          .isEqualTo(Outcome.REFUSED);
      assertThat(perform(firmware, "Alloc", "t", "q", "s", "a", "n", 2, "align", 1))
          .as("the client has a block already")
          .isEqualTo(Outcome.REFUSED);
    }
  }

  @Test
  void thePictureShowsAClientWhoseBlockAStrangerHasFreed() throws Exception {
    try (Evaluator spec = Models.open("vmh", "MCVirtualHeap", "VmhInterior.HEAP-18.cfg")) {
      BoundFirmware firmware = boot(spec, Switches.NONE, false);
      allocate(firmware, "a", 2);
      assertThat(client(firmware.picture()).wrong()).isFalse();
      assertThat(block(firmware.picture()).life()).isEqualTo(MemoryPicture.Life.LIVE);
      assertThat(perform(firmware, "FreeInside", "t", "p", "s", "a", "offset", 1))
          .isEqualTo(Outcome.DONE);
      assertThat(block(firmware.picture()).life()).isEqualTo(MemoryPicture.Life.FREE);
      assertThat(client(firmware.picture()).wrong()).isTrue();
      assertThat(client(firmware.picture()).target()).isEqualTo(block(firmware.picture()).name());
    }
  }

  private static MemoryPicture.MemoryObject block(MemoryPicture picture) {
    return picture.regions().get(1).objects().get(0).inside().get(0);
  }

  private static MemoryPicture.Word client(MemoryPicture picture) {
    return picture.regions().get(3).objects().get(0).words().get(0);
  }

  @Test
  void aRefusedFreeSaysWhyTheKernelPanicked() throws Exception {
    try (Evaluator spec = Models.open("vmh", "MCVirtualHeap", "VmhInterior.HEAP-18.cfg")) {
      BoundFirmware firmware = boot(spec, Switches.parse("+R-20"), false);
      allocate(firmware, "a", 2);
      perform(firmware, "FreeInside", "t", "p", "s", "a", "offset", 1);
      assertThat(firmware.lastFault()).contains("Unable to free").contains("-22");
      assertThat(value(firmware, "result")).isEqualTo(StringValue.of("EINVAL"));
    }
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = Models.open("vmh", "MCVirtualHeap", "Vmh.cfg")) {
      Map<String, Value> constants = constants(spec);
      BoundFirmware firmware = Bindings.open(SPEC, constants, Switches.NONE);
      assertThatThrownBy(() -> perform(firmware, "Steal"))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> perform(firmware, "Map", "t", "z"))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("z");
      assertThatThrownBy(() -> perform(firmware, "Alloc", "t", "p", "s", "a", "n", 0, "align", 1))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("n should be a number");
      Map<String, Value> wrong = new HashMap<>(constants);
      wrong.put("BlockUnits", SeqValue.of(IntValue.of(2)));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("as long as BlockUnits");
      wrong.put("BlockUnits", IntValue.of(2));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("a sequence of numbers");
      wrong.put("BlockUnits", SeqValue.of(IntValue.of(3), IntValue.of(8)));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("BlockUnits");
    }
  }
}
