package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds firmware that makes, fills or deletes memory domains otherwise. */
class BrokenMdomTest {
  private static final String SPEC = "ModuleDomains";

  private static Evaluator open(String config) throws Exception {
    return Models.open("mdom", "MCModuleDomains", config);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    try (Evaluator spec = open("Mdom.cfg")) {
      Conformance found = Models.check(SPEC, spec, Switches.NONE);
      assertThat(found.difference()).isNull();
      assertThat(found.edges()).isEqualTo(3154);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Mdom.cfg, +B-58 +S-81 +S-82",
    "MdomB58.cfg, -B-58",
    "MdomSeeded.cfg, -S-81 -S-82 +B-58"
  })
  void findsAnotherDesign(String config, String designs) throws Exception {
    try (Evaluator spec = open(config)) {
      Models.assertFinds(SPEC, spec, designs);
    }
  }

  @Test
  void findsFirmwareWithFewerPageTables() throws Exception {
    Map<String, Value> one = Map.of("PageTables", IntValue.of(1));
    assertThat(Models.check("mdom", SPEC, "Mdom.cfg", one, Switches.NONE).difference()).isNotNull();
  }

  @Test
  void aStepOutOfOrderIsRefusedAndChangesNothing() throws Exception {
    try (Evaluator spec = open("Mdom.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      Value[] before = firmware.state();
      for (String action :
          List.of("AddPartitions", "AddThread", "StartThread", "GetCopy", "FreeDomain")) {
        assertThat(step(firmware, action, "a")).as(action).isEqualTo(Outcome.REFUSED);
      }
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void thePictureShowsTheCopyOfAnotherModuleThatANewDomainMaps() throws Exception {
    try (Evaluator spec = open("MdomB58.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      start(firmware, "a");
      perform(firmware, "a", "GetCopy", "AbortThread", "FreeDomain");
      assertThat(Models.object(firmware.picture(), "domain 1").life()).isEqualTo(Life.FREE);
      start(firmware, "b");
      assertThat(touch(firmware, "b", "copy", "a")).isEqualTo(Outcome.DONE);
      MemoryObject copy = Models.object(firmware.picture(), "copy of a");
      assertThat(copy.words())
          .extracting(word -> word.field() + " " + word.value() + " " + word.wrong())
          .containsExactly("was read by b true");
      assertThat(Models.object(firmware.picture(), "domain 1").words().get(1).value())
          .contains("copy of a");
    }
  }

  @Test
  void aThreadThatTouchesWhatIsNotMappedIsKilledByTheMemoryProtection() throws Exception {
    try (Evaluator spec = open("Mdom.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      start(firmware, "a");
      assertThat(touch(firmware, "a", "heap", "a")).isEqualTo(Outcome.DONE);
      assertThat(firmware.lastFault()).isEmpty();
      assertThat(touch(firmware, "a", "heap", "b")).isEqualTo(Outcome.DONE);
      assertThat(firmware.lastFault()).contains("read");
      assertThat(touch(firmware, "a", "heap", "a")).isEqualTo(Outcome.REFUSED);
    }
  }

  private static void start(BoundFirmware firmware, String module) {
    perform(firmware, module, "TakeDomain", "AddPartitions", "AddThread", "StartThread");
  }

  private static void perform(BoundFirmware firmware, String module, String... actions) {
    for (String action : actions) {
      assertThat(step(firmware, action, module)).as(action).isEqualTo(Outcome.DONE);
    }
  }

  private static Outcome step(BoundFirmware firmware, String action, String module) {
    return firmware.resolve(action, Map.of("m", StringValue.of(module))).perform();
  }

  private static Outcome touch(BoundFirmware firmware, String module, String kind, String of) {
    Value region = SeqValue.of(List.of(StringValue.of(kind), StringValue.of(of)));
    return firmware.resolve("Touch", Map.of("m", StringValue.of(module), "r", region)).perform();
  }

  @Test
  void refusesActionsAndArgumentsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = open("Mdom.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      assertThatThrownBy(() -> step(firmware, "Steal", "a"))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> step(firmware, "TakeDomain", "c"))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("one of [a, b]");
      assertThatThrownBy(() -> touch(firmware, "a", "stack", "a"))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("mailbox");
    }
  }
}
