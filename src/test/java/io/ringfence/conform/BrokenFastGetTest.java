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

/** The conformance check finds shared copies that do anything else than the spec. */
class BrokenFastGetTest {
  private static final String SPEC = "FastGet";

  private static Evaluator open(String config) throws Exception {
    return Models.open("fastget", "MCFastGet", config);
  }

  private static Map<String, Value> constants(Evaluator spec) {
    return new HashMap<>(Models.constants(spec, Bindings.constants(SPEC)));
  }

  private static Conformance check(String config, Map<String, Value> changed, Switches switches)
      throws Exception {
    return Models.check("fastget", SPEC, config, changed, switches);
  }

  private static Map<String, Value> arguments(String module, String object) {
    return Map.of("m", StringValue.of(module), "o", StringValue.of(object));
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check("FastGetDp.ISO-8.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(476);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+O-53, FastGet.HEAP-2.cfg",
    "+R-75, FastGetDp.ISO-8.cfg",
    "+R-76, FastGet.HEAP-2.cfg",
    "+R-77, FastGet.HEAP-2.cfg",
    "+R-78, FastGet.HEAP-2.cfg",
    "+R-79, FastGetDp.ISO-8.cfg",
    "HARDENED, FastGet.HEAP-2.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    assertThat(check(config, Map.of(), Switches.parse(design)).difference()).isNotNull();
  }

  @Test
  void findsModulesThatHoldACopyMoreOftenAndThoseWhoseDomainIsNotKnown() throws Exception {
    String config = "FastGetDp.ISO-8.cfg";
    assertThat(check(config, Map.of("MaxHeld", IntValue.of(3)), Switches.NONE).difference())
        .isNotNull();
    assertThat(
            check(config, Map.of("KnowsDomain", BoolValue.of(false)), Switches.NONE).difference())
        .isNotNull();
  }

  @Test
  void thePictureShowsTheCopyItsEntryAndWhoHoldsIt() throws Exception {
    try (Evaluator spec = open("FastGet.HEAP-2.cfg")) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      firmware.resolve("Get", arguments("a", "small")).perform();
      firmware.resolve("Get", arguments("k", "small")).perform();
      MemoryPicture picture = firmware.picture();
      MemoryPicture.MemoryObject entry = picture.regions().get(0).objects().get(0);
      assertThat(entry.words().get(0).target()).isEqualTo("small copy in A");
      assertThat(entry.words().get(1).value()).isEqualTo("2");
      assertThat(picture.regions().get(1).objects().get(0).name()).isEqualTo("small copy in A");

      firmware.resolve("Put", arguments("a", "small")).perform();
      firmware.resolve("Put", arguments("k", "small")).perform();
      MemoryPicture.MemoryObject kernelModule =
          firmware.picture().regions().get(2).objects().get(1);
      assertThat(kernelModule.words()).anyMatch(MemoryPicture.Word::wrong);
      assertThat(firmware.resolve("Get", arguments("a", "large")).perform())
          .as("nothing is done with a heap that was given a foreign block")
          .isEqualTo(Outcome.REFUSED);
    }
  }

  @Test
  void anAllocationThatIsNotNeededCannotFail() throws Exception {
    try (Evaluator spec = open("FastGetDp.ISO-8.cfg")) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      assertThat(firmware.resolve("Put", arguments("a", "large")).perform())
          .isEqualTo(Outcome.REFUSED);
      firmware.resolve("Get", arguments("a", "large")).perform();
      Value[] before = firmware.state();
      assertThat(firmware.resolve("GetFails", arguments("b", "large")).perform())
          .isEqualTo(Outcome.REFUSED);
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = open("FastGetDp.ISO-8.cfg")) {
      Map<String, Value> constants = constants(spec);
      BoundFirmware firmware = Bindings.open(SPEC, constants, Switches.NONE);
      assertThatThrownBy(() -> firmware.resolve("Steal", arguments("a", "large")))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> firmware.resolve("Put", arguments("z", "large")))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("z");
      assertThatThrownBy(() -> firmware.resolve("Get", arguments("a", "huge")))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("huge");
      constants.put("MaxHeld", IntValue.of(0));
      assertThatThrownBy(() -> Bindings.open(SPEC, constants, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("1 to 8");
      constants.remove("HeapOf");
      assertThatThrownBy(() -> Bindings.open(SPEC, constants, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("HeapOf");
    }
  }
}
