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

/** The conformance check finds virtual pages that do anything else than the spec. */
class BrokenPagesTest {
  private static final String SPEC = "VirtualPages";

  private static Map<String, Value> constants(Evaluator spec) {
    return Models.constants(spec, Bindings.constants(SPEC));
  }

  private static Conformance check(String config, Map<String, Value> changed, Switches switches)
      throws Exception {
    return Models.check("vpages", SPEC, config, changed, switches);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check("VpagesScarce.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(2145);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+O-07, Vpages.cfg",
    "HARDENED, Vpages.cfg",
    "+S-02, VpagesScarce.cfg",
    "+R-05, VpagesScarce.cfg",
    "-S-02, VpagesS02.cfg"
  })
  void findsAnotherDesign(String design, String config) throws Exception {
    Conformance.Difference difference =
        check(config, Map.of(), Switches.parse(design)).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({"Pages, 5", "PhysicalPages, 3", "MaxAllocs, 2"})
  void findsAnotherSize(String constant, int value) throws Exception {
    assertThat(
            check("Vpages.cfg", Map.of(constant, IntValue.of(value)), Switches.NONE).difference())
        .isNotNull();
  }

  @Test
  void aClientThatHoldsABlockIsRefusedAnotherOne() throws Exception {
    try (Evaluator spec = Models.open("vpages", "MCVirtualPages", "Vpages.cfg")) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      Map<String, Value> arguments = Map.of("s", StringValue.of("a"), "n", IntValue.of(2));
      assertThat(firmware.resolve("Free", arguments).perform()).isEqualTo(Outcome.REFUSED);
      assertThat(firmware.resolve("Alloc", arguments).perform()).isEqualTo(Outcome.DONE);
      Value[] before = firmware.state();
      assertThat(firmware.resolve("Alloc", arguments).perform()).isEqualTo(Outcome.REFUSED);
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void thePictureShowsTheTableThePagesAndWhoHoldsThem() throws Exception {
    try (Evaluator spec = Models.open("vpages", "MCVirtualPages", "Vpages.cfg")) {
      BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
      firmware.start(new Value[0]);
      firmware.resolve("Alloc", Map.of("s", StringValue.of("b"), "n", IntValue.of(2))).perform();
      MemoryPicture picture = firmware.picture();
      assertThat(picture.regions()).hasSize(3);
      assertThat(picture.regions().get(2).objects().get(1).words().get(0).target())
          .isEqualTo("page 0");
      assertThat(picture.regions().get(1).objects().get(1).life())
          .isEqualTo(MemoryPicture.Life.LIVE);
      assertThat(picture.regions().get(1).objects().get(2).life())
          .isEqualTo(MemoryPicture.Life.FREE);
    }
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = Models.open("vpages", "MCVirtualPages", "Vpages.cfg")) {
      Map<String, Value> constants = constants(spec);
      BoundFirmware firmware = Bindings.open(SPEC, constants, Switches.NONE);
      assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> firmware.resolve("Free", Map.of("s", StringValue.of("z"))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("z");
      assertThatThrownBy(
              () ->
                  firmware.resolve(
                      "Alloc", Map.of("s", StringValue.of("a"), "n", StringValue.of("2"))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("n should be a number");
      Map<String, Value> wrong = new HashMap<>(constants);
      wrong.put("Pages", IntValue.of(33));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("1 to 32");
      wrong.remove("Pages");
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("no value for Pages");
    }
  }
}
