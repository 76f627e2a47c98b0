package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds firmware whose LL scheduler does anything else. */
class BrokenLlTest {
  private static final String SPEC = "LlScheduler";

  private static Evaluator open(String config) throws Exception {
    return Models.open("ll", "MCLlScheduler", config);
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    try (Evaluator spec = open("LlHardened.cfg")) {
      Conformance found = Models.check(SPEC, spec, Switches.NONE);
      assertThat(found.difference()).isNull();
      assertThat(found.edges()).isEqualTo(1256);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Ll.cfg, HARDENED +O-03 +O-08 +O-22 +O-36 +B-20 +B-21 +B-22 +B-23 +B-26 +B-27 +B-36 +B-47 +B-49 +S-102 +S-104 +S-105 +S-106 +S-107 +S-108",
    "LlTimeout.cfg, +O-05 +P-607",
    "LlTwo.cfg, +R-103",
    "LlOthersO22.cfg, +O-05 +O-08",
    "LlPlaced.cfg, +O-51 +R-101 +B-24 +B-25 +B-35",
    "LlB28.cfg, -B-28",
    "LlUser.cfg, HARDENED +B-15 +S-102 +S-104",
    "LlUserKernelTask.cfg, +O-13",
    "LlUserUnprepared.cfg, +R-100",
    "LlHardenedDynamic.cfg, MERGED +S-100 +S-101"
  })
  void findsAnotherDesign(String config, String designs) throws Exception {
    try (Evaluator spec = open(config)) {
      Models.assertFinds(SPEC, spec, designs);
    }
  }

  @Test
  void aStepOutOfOrderIsRefusedAndChangesNothing() throws Exception {
    try (Evaluator spec = open("Ll.cfg")) {
      BoundFirmware firmware = Models.boot(SPEC, spec, Switches.NONE);
      Value[] before = firmware.state();
      for (String action : List.of("S5_Insert", "C2_Cancel", "F7_Release", "D4_Give")) {
        assertThat(perform(firmware, action, "ipc0")).as(action).isEqualTo(Outcome.REFUSED);
      }
      for (String action : List.of("R2_Pick", "R2e_Lock", "R3_MoveBack")) {
        assertThat(perform(firmware, action, "ll0")).as(action).isEqualTo(Outcome.REFUSED);
      }
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  private static Outcome perform(BoundFirmware firmware, String action, String thread) {
    return firmware.resolve(action, Map.of("t", StringValue.of(thread))).perform();
  }
}
