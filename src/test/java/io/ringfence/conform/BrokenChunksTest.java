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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds a chunk allocator that does anything else than the spec. */
class BrokenChunksTest {
  private static final String SPEC = "SysHeap";
  private static final String ATTACK = "ChunksAttack.ISO-2.cfg";

  private static Map<String, Value> constants(Evaluator spec) {
    return Models.constants(spec, Bindings.constants(SPEC));
  }

  private static Conformance check(String config, Map<String, Value> changed, Switches switches)
      throws Exception {
    return Models.check("chunks", SPEC, config, changed, switches);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check("ChunksDebug.ISO-5.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(124);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+O-26, ChunksAttack.ISO-2.cfg",
    "+O-27, ChunksDebug.ISO-5.cfg",
    "-S-10, ChunksSeededLater.HEAP-6.cfg",
    "-S-11, ChunksSeeded.HEAP-4.cfg",
    "-S-12, ChunksSeeded.HEAP-4.cfg",
    "-S-13, ChunksSeededLater.HEAP-6.cfg",
    "-S-14, ChunksSeeded.HEAP-4.cfg",
    "-S-15, ChunksSeededLater.HEAP-6.cfg",
    "-S-16, ChunksSeeded.HEAP-4.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    Conformance.Difference difference =
        check(config, Map.of(), Switches.parse(design)).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @Test
  void findsAnotherHeap() throws Exception {
    assertThat(check(ATTACK, Map.of("Units", IntValue.of(16)), Switches.NONE).difference())
        .isNotNull();
    assertThat(check(ATTACK, Map.of("Debug", BoolValue.TRUE), Switches.NONE).difference())
        .isNotNull();
    assertThat(check(ATTACK, Map.of("Writes", IntValue.of(2)), Switches.NONE).difference())
        .isNotNull();
  }

  private static Map<String, Value> store(int unit, String field, int value) {
    return Map.of("c", IntValue.of(unit), "field", StringValue.of(field), "v", IntValue.of(value));
  }

  @Test
  void thePictureShowsWhichLinkLedTheKernelToItsOwnObject() throws Exception {
    try (Evaluator spec = Models.open("chunks", "MCSysHeap", ATTACK)) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      firmware.resolve("Overwrite", store(6, "FREE_NEXT", 512)).perform();
      MemoryPicture.MemoryObject free = firmware.picture().regions().get(0).objects().get(1);
      assertThat(free.name()).isEqualTo("chunk 6");
      assertThat(free.words().get(3))
          .isEqualTo(new MemoryPicture.Word("FREE_NEXT", "512", "k_sem", true, true));
      assertThat(firmware.picture().regions().get(1).objects().get(0).words())
          .noneMatch(MemoryPicture.Word::wrong);
      firmware
          .resolve(
              "Alloc", Map.of("s", StringValue.of("a"), "n", IntValue.of(12), "a", IntValue.of(0)))
          .perform();
      assertThat(firmware.picture().regions().get(1).objects().get(0).words())
          .as("the kernel wrote over its own semaphore")
          .anyMatch(MemoryPicture.Word::wrong);
    }
  }

  @Test
  void withTheTableTheStoreKillsTheThreadAndDrawsNoUserWrittenWord() throws Exception {
    try (Evaluator spec = Models.open("chunks", "MCSysHeap", ATTACK)) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.parse("+O-26"));
      firmware.start(new Value[0]);
      assertThat(firmware.resolve("Overwrite", store(6, "FREE_NEXT", 512)).perform())
          .isEqualTo(Outcome.DONE);
      assertThat(firmware.lastFault()).contains("PROTECTION_WRITE");
      MemoryPicture.Region table = firmware.picture().regions().get(0);
      assertThat(table.userAccess()).isEqualTo(MemoryPicture.UserAccess.NONE);
      assertThat(table.objects())
          .allSatisfy(chunk -> assertThat(chunk.words()).noneMatch(MemoryPicture.Word::wrong));
    }
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = Models.open("chunks", "MCSysHeap", ATTACK)) {
      Map<String, Value> constants = constants(spec);
      BoundFirmware firmware = Bindings.open(SPEC, constants, Switches.NONE);
      assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> firmware.resolve("Overwrite", store(6, "MAGIC", 0)))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("MAGIC");
      assertThatThrownBy(() -> firmware.resolve("Overwrite", store(6, "FREE_NEXT", 1 << 16)))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("65535");
      Map<String, Value> wrong = new HashMap<>(constants);
      wrong.put("Units", IntValue.of(7));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("8 to 255");
    }
  }
}
