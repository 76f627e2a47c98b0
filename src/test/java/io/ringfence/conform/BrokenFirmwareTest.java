package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conformance check finds a firmware that does anything else than the spec. */
class BrokenFirmwareTest {
  private static final String SPEC = "SchedulerOwnership";

  private static Conformance check(String config, Switches broken) throws Exception {
    try (Evaluator spec = Models.open("ownership", "MCOwnership", config)) {
      Map<String, Value> constants = Models.constants(spec, Bindings.constants(SPEC));
      return Conformer.check(
          spec, Bindings.open(SPEC, constants, broken), List.of(), ConformListener.NONE);
    }
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    Conformance found = check("S01.cfg", Switches.NONE);

    assertThat(found.difference()).isNull();
    assertThat(found.edges()).isEqualTo(433);
    assertThat(found.refusals()).isEqualTo(3203);
  }

  /** Each switch changes the firmware in one place, and the spec not at all. */
  static Stream<Arguments> smallChanges() {
    return Stream.of(
        Arguments.of("wrong heap", "B502.cfg", "V1_ALL_USER"),
        Arguments.of("wrong list", "V1.cfg", "ORIG"),
        Arguments.of("a list for each side", "SplitKheap.cfg", "B502"),
        Arguments.of("heap by type", "SplitKheap.cfg", "V2_SPLIT"),
        Arguments.of("looks up the user list", "B11.cfg", "+O-01"),
        Arguments.of("checks the core", "Merged.cfg", "+O-04"),
        Arguments.of("another flag", "B11.cfg", "+O-06"),
        Arguments.of("unbinds early", "B11.cfg", "+O-14"),
        Arguments.of("reports a failure", "Merged.cfg", "+O-15"),
        Arguments.of("publishes last", "B11.cfg", "+R-01"),
        Arguments.of("checks the context", "O06Alone.cfg", "+R-02"),
        Arguments.of("read-only registry", "MergedHijack.cfg", "+O-24"),
        Arguments.of("task not zeroed", "B03.cfg", "+B-11"),
        Arguments.of("private data elsewhere", "B03.cfg", "-B-03"),
        Arguments.of("warm boot asks one list", "V2Cores.cfg", "+B-04"),
        Arguments.of("looks up on core 0", "V2Cores.cfg", "+B-05"),
        Arguments.of("looks up again", "B11.cfg", "+B-06"),
        Arguments.of("any index", "V2Cores.cfg", "+B-13"),
        Arguments.of("links twice", "B03.cfg", "+S-01"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smallChanges")
  void findsAChangeOfDesign(String what, String config, String design) throws Exception {
    assertThat(check(config, Switches.parse(design)).difference()).as(what).isNotNull();
  }

  /** Ways to get a step wrong, put between the conformance check and the real firmware. */
  private enum Slip {
    DOES_NOTHING,
    ACTS_TWICE,
    NEVER_REFUSES,
    ALWAYS_REFUSES,
    FORGETS_A_VARIABLE,
    STARTS_NOWHERE
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource(Slip.class)
  void findsASlipInTheStepsThemselves(Slip slip) throws Exception {
    try (Evaluator spec = Models.open("ownership", "MCOwnership", "S01.cfg")) {
      Map<String, Value> constants = Models.constants(spec, Bindings.constants(SPEC));
      BoundFirmware broken = new Slipping(Bindings.open(SPEC, constants, Switches.NONE), slip);
      Conformance found = Conformer.check(spec, broken, List.of(), ConformListener.NONE);
      assertThat(found.difference()).isNotNull();
    }
  }

  @Test
  void namesTheStepAndShowsBothSides() throws Exception {
    Conformance.Difference difference =
        check("Merged.cfg", new Switches(null, Set.of("R-01"), Set.of(), Set.of())).difference();

    assertThat(difference).isNotNull();
    assertThat(difference.kind()).isEqualTo(Conformance.DifferenceKind.STATE);
    assertThat(difference.action()).hasToString("G2_AllocHead(k0, TRUE)");
    assertThat(difference.lines()).anyMatch(line -> line.startsWith("kSlot.c0"));
    assertThat(difference.trace().states()).hasSize(8);
  }

  /** Passes everything on, but for one slip. */
  private static final class Slipping extends ForwardingFirmware {
    private final Slip slip;

    Slipping(BoundFirmware firmware, Slip slip) {
      super(firmware);
      this.slip = slip;
    }

    @Override
    public boolean start(Value[] values) {
      return firmware.start(values) && slip != Slip.STARTS_NOWHERE;
    }

    @Override
    public Operation resolve(String action, Map<String, Value> arguments) {
      Operation operation = firmware.resolve(action, arguments);
      return switch (slip) {
        case DOES_NOTHING ->
            () -> {
              Checkpoint before = firmware.checkpoint();
              Outcome outcome = operation.perform();
              firmware.restore(before);
              return outcome;
            };
        case ACTS_TWICE ->
            () -> operation.perform() == Outcome.DONE ? again(operation) : Outcome.REFUSED;
        case NEVER_REFUSES ->
            () -> {
              operation.perform();
              return Outcome.DONE;
            };
        case ALWAYS_REFUSES -> () -> Outcome.REFUSED;
        case FORGETS_A_VARIABLE, STARTS_NOWHERE -> operation;
      };
    }

    /** The next step of the same call, too: what was to be atomic takes two steps at once. */
    private Outcome again(Operation operation) {
      firmware
          .resolve("I2_ValidateOps", Map.of("th", io.ringfence.trace.StringValue.of("k0")))
          .perform();
      operation.perform();
      return Outcome.DONE;
    }

    @Override
    public Value[] state() {
      Value[] state = firmware.state();
      if (slip == Slip.FORGETS_A_VARIABLE) {
        state[3] = io.ringfence.trace.StringValue.of("unknown");
      }
      return state;
    }
  }
}
