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
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds heaps that do anything else than the spec. */
class BrokenIsolationTest {
  private static final String SPEC = "HeapIsolation";
  private static final StringValue CLIENT = StringValue.of("k");
  private static final StringValue THREAD = StringValue.of("ll");
  private static final StringValue USER_HEAP = StringValue.of("user");

  private static Map<String, Value> constants(Evaluator spec) {
    return Models.constants(spec, Bindings.constants(SPEC));
  }

  private static Conformance check(String config, Map<String, Value> changed, Switches switches)
      throws Exception {
    return Models.check("isolation", SPEC, config, changed, switches);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check("IsoOwner.HEAP-8.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(267);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+R-30, IsoOwner.HEAP-8.cfg",
    "+O-24.5, IsoPointer.ISO-2.cfg",
    "+R-31, IsoUser.cfg",
    "+S-30, IsoUser.cfg",
    "+O-31, IsoNested.HEAP-1.cfg",
    "+B-71a, IsoNested.HEAP-1.cfg",
    "+R-32, IsoSelect.cfg",
    "+R-33, IsoExposed.cfg",
    "+O-30, IsoBareNested.cfg",
    "+B-70, IsoMore.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    Conformance.Difference difference =
        check(config, Map.of(), Switches.parse(design)).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @Test
  void findsAnotherBuildAndOtherClients() throws Exception {
    SetValue none = SetValue.EMPTY;
    assertThat(check("IsoSelect.cfg", Map.of("Built", none), Switches.NONE).difference())
        .isNotNull();
    assertThat(
            check("IsoNested.HEAP-1.cfg", Map.of("Careless", BoolValue.FALSE), Switches.NONE)
                .difference())
        .isNotNull();
  }

  @Test
  void whatAClientCannotDoIsRefusedAndChangesNothing() throws Exception {
    try (Evaluator spec = Models.open("isolation", "MCHeapIsolation", "IsoUser.cfg")) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      Value[] before = firmware.state();
      Map<String, Value> free = Map.of("c", CLIENT, "h", USER_HEAP, "flip", BoolValue.FALSE);
      assertThat(firmware.resolve("KernelFree", free).perform()).isEqualTo(Outcome.REFUSED);
      assertThat(firmware.resolve("ChainDmaFails", Map.of("c", CLIENT)).perform())
          .isEqualTo(Outcome.REFUSED);
      assertThat(firmware.resolve("Touch", Map.of("t", THREAD)).perform())
          .isEqualTo(Outcome.REFUSED);
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void thePictureShowsTheUserHeapInItsBlockAndThePointerThatWentAstray() throws Exception {
    try (Evaluator spec = Models.open("isolation", "MCHeapIsolation", "IsoPointer.ISO-2.cfg")) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      firmware
          .resolve("WritePointer", Map.of("t", THREAD, "value", StringValue.of("forged")))
          .perform();
      MemoryPicture picture = firmware.picture();
      MemoryPicture.MemoryObject home = region(picture, "virtual heap").objects().get(2);
      assertThat(home.inside())
          .extracting(MemoryPicture.MemoryObject::name)
          .containsExactly("user 1", "user 2");
      assertThat(home.inside()).allMatch(block -> block.life() == MemoryPicture.Life.FREE);
      MemoryPicture.Word pointer =
          region(picture, "sysuser partition").objects().get(0).words().get(0);
      assertThat(pointer.value()).isEqualTo("forged");
      assertThat(pointer.userWritten()).isTrue();
      assertThat(pointer.wrong()).isTrue();
    }
  }

  private static MemoryPicture.Region region(MemoryPicture picture, String name) {
    return picture.regions().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = Models.open("isolation", "MCHeapIsolation", "IsoUser.cfg")) {
      Map<String, Value> constants = constants(spec);
      BoundFirmware firmware = Bindings.open(SPEC, constants, Switches.NONE);
      assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(
              () ->
                  firmware.resolve(
                      "UserFree",
                      Map.of("t", THREAD, "h", USER_HEAP, "target", StringValue.of("moon"))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("moon");
      assertThatThrownBy(
              () ->
                  firmware.resolve(
                      "UserAlloc",
                      Map.of(
                          "t",
                          THREAD,
                          "h",
                          USER_HEAP,
                          "flags",
                          SetValue.of(StringValue.of("HOT")))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("HOT");
      Map<String, Value> wrong = new HashMap<>(constants);
      wrong.put("Built", SetValue.of(StringValue.of("attic")));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("attic");
    }
  }
}
