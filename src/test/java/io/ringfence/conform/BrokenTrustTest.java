package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
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

/** The conformance check finds a kernel that trusts other words than the spec's. */
class BrokenTrustTest {
  private static final String SPEC = "KernelTrust";

  private static Conformance check(String config, Map<String, Value> changed, Switches switches)
      throws Exception {
    return Models.check("trust", SPEC, config, changed, switches);
  }

  private static Evaluator open(String config) throws Exception {
    return Models.open("trust", "MCKernelTrust", config);
  }

  private static Map<String, Value> constants(Evaluator spec) {
    return Models.constants(spec, Bindings.constants(SPEC));
  }

  private static BoundFirmware boot(Evaluator spec) {
    BoundFirmware firmware = Bindings.open(SPEC, constants(spec), Switches.NONE);
    firmware.start(new Value[0]);
    return firmware;
  }

  private static Map<String, Value> overwrite(String word, String place) {
    return Map.of("w", StringValue.of(word), "c", StringValue.of(place));
  }

  @Test
  void findsNothingInTheKernelAsItIs() throws Exception {
    Conformance found = check("TrustLl.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(8033);
  }

  @Test
  void findsNothingInTheKernelThatGoesOnWithWrongPrivateData() throws Exception {
    Conformance found = check("TrustLlData.cfg", Map.of(), Switches.NONE);
    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(2441);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TrustLl.cfg, +O-24 +R-81 +R-82 +R-84 +R-89",
    "TrustLlData.cfg, +R-84 +R-89",
    "TrustLlAsFound.cfg, +O-24 +R-82 +R-89",
    "TrustIpcAsFound.cfg, +O-24 +R-80 +R-83",
    "TrustIpc.cfg, +O-24 +R-80 +R-83",
    "TrustMore.cfg, +O-24 +R-82"
  })
  void findsAnotherDesign(String config, String designs) throws Exception {
    try (Evaluator spec = open(config)) {
      for (String design : designs.split(" ", -1)) {
        BoundFirmware other = Bindings.open(SPEC, constants(spec), Switches.parse(design));
        Conformance.Difference difference =
            Conformer.check(spec, other, List.of(), ConformListener.NONE).difference();
        assertThat(difference).as(design).isNotNull();
        assertThat(difference.lines()).as(design).isNotEmpty();
      }
    }
  }

  @Test
  void findsAThreadThatOverwritesMore() throws Exception {
    assertThat(
            check("TrustLl.cfg", Map.of("Overwrites", IntValue.of(2)), Switches.NONE).difference())
        .isNotNull();
  }

  @Test
  void findsARoutineThatDoesNotRun() throws Exception {
    Value calls = SetValue.of(StringValue.of("tick"));
    assertThat(check("TrustLl.cfg", Map.of("Calls", calls), Switches.NONE).difference())
        .isNotNull();
  }

  @Test
  void aRefusedOverwriteChangesNothing() throws Exception {
    try (Evaluator spec = open("TrustIpcHardened.cfg")) {
      BoundFirmware firmware = boot(spec);
      Value[] before = firmware.state();
      assertThat(firmware.resolve("Overwrite", overwrite("work.handler", "forged")).perform())
          .isEqualTo(Outcome.REFUSED);
      assertThat(firmware.resolve("Overwrite", overwrite("u_slot", "kernel")).perform())
          .isEqualTo(Outcome.REFUSED);
      assertThat(firmware.state()).isEqualTo(before);
    }
  }

  @Test
  void thePictureShowsTheWordThatTheKernelWentAstrayWith() throws Exception {
    try (Evaluator spec = open("TrustLl.cfg")) {
      BoundFirmware firmware = boot(spec);
      firmware.resolve("Overwrite", overwrite("sem", "kernel")).perform();
      firmware.resolve("TickTest", Map.of()).perform();
      assertThat(word(firmware, "zephyr_domain_thread", "sem").wrong()).isFalse();
      firmware.resolve("TickGive", Map.of()).perform();
      Word sem = word(firmware, "zephyr_domain_thread", "sem");
      assertThat(sem.wrong()).isTrue();
      assertThat(sem.userWritten()).isTrue();
      assertThat(sem.target()).isEqualTo("other kernel objects");
      assertThat(word(firmware, "other kernel objects", "written").value()).isEqualTo("yes");
      assertThat(word(firmware, "zephyr_domain_thread", "handler").value())
          .isEqualTo("schedule_ll_callback");
    }
  }

  @Test
  void thePictureShowsThePrivateDataOfTheTask() throws Exception {
    try (Evaluator spec = open("TrustLlData.cfg")) {
      BoundFirmware firmware = boot(spec);
      assertThat(word(firmware, "zephyr_ll_pdata", "allocated").value()).isEqualTo("no");
      firmware.resolve("AllocateData", Map.of()).perform();
      assertThat(word(firmware, "zephyr_ll_pdata", "allocated").value()).isEqualTo("yes");
      assertThat(word(firmware, "task", "task.priv_data").target()).isEqualTo("zephyr_ll_pdata");
      firmware.resolve("Overwrite", overwrite("task.priv_data", "kernel")).perform();
      firmware.resolve("StoreSemaphore", Map.of()).perform();
      assertThat(word(firmware, "task", "task.priv_data").wrong()).isTrue();
    }
  }

  @Test
  void thePictureShowsWhoMayWriteWhat() throws Exception {
    try (Evaluator merged = open("TrustIpc.cfg");
        Evaluator hardened = open("TrustIpcHardened.cfg")) {
      assertThat(access(boot(merged)))
          .containsExactly(
              UserAccess.NONE,
              UserAccess.WRITE,
              UserAccess.WRITE,
              UserAccess.WRITE,
              UserAccess.WRITE);
      assertThat(access(boot(hardened)))
          .containsExactly(
              UserAccess.NONE,
              UserAccess.WRITE,
              UserAccess.WRITE,
              UserAccess.READ,
              UserAccess.NONE);
    }
  }

  private static List<UserAccess> access(BoundFirmware firmware) {
    return firmware.picture().regions().stream().map(region -> region.userAccess()).toList();
  }

  private static Word word(BoundFirmware firmware, String object, String field) {
    return Models.object(firmware.picture(), object).words().stream()
        .filter(word -> word.field().equals(field))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    try (Evaluator spec = open("TrustLl.cfg")) {
      BoundFirmware firmware = boot(spec);
      assertThatThrownBy(() -> firmware.resolve("Steal", Map.of()))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("Steal");
      assertThatThrownBy(() -> firmware.resolve("Overwrite", overwrite("stack", "NULL")))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("stack");
      assertThatThrownBy(() -> firmware.resolve("Lock", Map.of("c", StringValue.of("reboot"))))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("reboot");
      Map<String, Value> wrong = new HashMap<>(constants(spec));
      wrong.put("Words", SetValue.of(StringValue.of("stack")));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("a set of words");
      wrong.put("Calls", SetValue.of(StringValue.of("reboot")));
      assertThatThrownBy(() -> Bindings.open(SPEC, wrong, Switches.NONE))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("a set of routines");
    }
  }
}
