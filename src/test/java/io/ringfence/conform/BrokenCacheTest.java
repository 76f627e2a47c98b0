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
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds caches, and allocators behind them, that do anything else. */
class BrokenCacheTest {
  private static final String BLOCKS = "CachedMemory";
  private static final String REGION = "CachedRegion";

  private static Map<String, Value> constants(Evaluator spec, String name) {
    return new HashMap<>(Models.constants(spec, Bindings.constants(name)));
  }

  private static Conformance check(
      String name, String config, Map<String, Value> changed, Switches switches) throws Exception {
    return Models.check("cache", name, config, changed, switches);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check(REGION, "CachedRegionO47.HEAP-3.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(1936);
  }

  @ParameterizedTest(name = "{0} on {1} {2}")
  @CsvSource({
    "+R-50, CachedMemory, CachedHeap.cfg",
    "+R-51, CachedMemory, CachedHeapAnyCore.HEAP-10.cfg",
    "+B-12, CachedMemory, CachedHeap.cfg",
    "-B-29, CachedMemory, CachedHeapB29.cfg",
    "+B-73, CachedMemory, CachedHeap.cfg",
    "-B-79c, CachedMemory, CachedVirtualB79.HEAP-10.cfg",
    "+R-53, CachedMemory, CachedRegionBlocks.HEAP-10.cfg",
    "+O-47, CachedRegion, CachedRegion.MEM-7.cfg",
    "+R-52, CachedRegion, CachedRegionO47.HEAP-3.cfg"
  })
  void findsAnotherDesign(String design, String name, String config) throws Exception {
    assertThat(check(name, config, Map.of(), Switches.parse(design)).difference()).isNotNull();
  }

  @Test
  void findsOtherClientsAndAnotherHeap() throws Exception {
    Map<String, Value> any = Map.of("FreedBy", StringValue.of("any core"));
    assertThat(check(BLOCKS, "CachedHeap.cfg", any, Switches.NONE).difference()).isNotNull();
    Map<String, Value> own = Map.of("FreedAs", SetValue.of(List.of(StringValue.of("own"))));
    assertThat(check(BLOCKS, "CachedHeap.cfg", own, Switches.NONE).difference()).isNotNull();
    Map<String, Value> small = Map.of("HeapEnd", IntValue.of(128));
    assertThat(check(BLOCKS, "CachedHeap.cfg", small, Switches.NONE).difference()).isNotNull();
    Map<String, Value> virtual = Map.of("Heap", StringValue.of("virtual"));
    assertThat(check(BLOCKS, "CachedHeap.cfg", virtual, Switches.NONE).difference()).isNotNull();
  }

  @Test
  void findsAnotherCreatorAndMoreReferences() throws Exception {
    Map<String, Value> creator = Map.of("Creator", StringValue.of("core1"));
    String config = "CachedRegionO47.HEAP-3.cfg";
    assertThat(check(REGION, config, creator, Switches.NONE).difference()).isNotNull();
    Map<String, Value> more = Map.of("MaxReferences", IntValue.of(2));
    assertThat(check(REGION, config, more, Switches.NONE).difference()).isNotNull();
  }

  @Test
  void thePictureShowsWhoHasWhichCopyAndTheWordThatIsOld() throws Exception {
    try (Evaluator spec = Models.open("cache", "MCCachedMemory", "CachedHeapB12.MEM-7.cfg")) {
      BoundFirmware firmware = Bindings.open(BLOCKS, constants(spec, BLOCKS), Switches.NONE);
      firmware.start(new Value[0]);
      Map<String, Value> arguments = new HashMap<>();
      arguments.put("c", StringValue.of("core0"));
      arguments.put("s", StringValue.of("ctx"));
      arguments.put("v", IntValue.of(2));
      perform(firmware, "Alloc", arguments);
      perform(firmware, "Write", arguments);
      arguments.put("c", StringValue.of("core1"));
      perform(firmware, "Read", arguments);
      assertThat(firmware.lastFault()).contains("written last");
      MemoryPicture picture = firmware.picture();
      assertThat(picture.regions())
          .extracting(MemoryPicture.Region::name)
          .containsExactly("system heap", "cache of core0", "cache of core1", "clients");
      assertThat(word(picture, 1).wrong()).isFalse();
      assertThat(word(picture, 1).value()).isEqualTo("2");
      assertThat(word(picture, 2).wrong()).isTrue();
    }
  }

  private static MemoryPicture.Word word(MemoryPicture picture, int region) {
    return picture.regions().get(region).objects().get(0).words().get(1);
  }

  private static void perform(BoundFirmware firmware, String action, Map<String, Value> arguments) {
    assertThat(firmware.resolve(action, arguments).perform()).isEqualTo(Outcome.DONE);
  }

  @Test
  void thePictureShowsABlockThatTwoClientsHold() throws Exception {
    try (Evaluator spec = Models.open("cache", "MCCachedRegion", "CachedRegionO47.HEAP-3.cfg")) {
      BoundFirmware firmware = Bindings.open(REGION, constants(spec, REGION), Switches.NONE);
      firmware.start(new Value[0]);
      Map<String, Value> first = Map.of("c", StringValue.of("core0"), "b", StringValue.of("a"));
      Map<String, Value> second = Map.of("c", StringValue.of("core1"), "b", StringValue.of("b"));
      perform(firmware, "Get", second);
      perform(firmware, "SetInterim", first);
      perform(firmware, "Alloc", first);
      perform(firmware, "Alloc", second);
      MemoryPicture picture = firmware.picture();
      assertThat(picture.regions().get(0).objects().get(1).inside()).hasSize(2);
      assertThat(picture.regions().get(3).objects())
          .allSatisfy(client -> assertThat(client.words().get(0).wrong()).isTrue());
    }
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = Models.open("cache", "MCCachedMemory", "CachedHeap.cfg")) {
      Map<String, Value> constants = constants(spec, BLOCKS);
      BoundFirmware firmware = Bindings.open(BLOCKS, constants, Switches.NONE);
      Map<String, Value> core = Map.of("c", StringValue.of("core0"));
      assertThatThrownBy(() -> firmware.resolve("Steal", core))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> firmware.resolve("Free", Map.of("c", StringValue.of("core7"))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("core7");
      constants.put("Lines", SetValue.of(List.of(IntValue.of(99))));
      assertThatThrownBy(() -> Bindings.open(BLOCKS, constants, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Lines");
    }
    try (Evaluator spec = Models.open("cache", "MCCachedRegion", "CachedRegionR52.cfg")) {
      BoundFirmware firmware = Bindings.open(REGION, constants(spec, REGION), Switches.NONE);
      assertThatThrownBy(() -> firmware.resolve("Destroy", Map.of("c", StringValue.of("core0"))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Destroy");
      assertThatThrownBy(
              () ->
                  firmware.resolve(
                      "Evict", Map.of("c", StringValue.of("core0"), "l", StringValue.of("stack"))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("stack");
    }
  }
}
