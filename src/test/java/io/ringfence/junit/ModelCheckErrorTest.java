package io.ringfence.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever keeps TLC from a judgment fails, and says what happened, where, and what to do. */
@Timeout(180)
class ModelCheckErrorTest {
  private static final String HERE = "io/ringfence/junit/";
  private static final String TLC = "src/test/resources/tlc/";
  private static final String EXPLORED = ModelCheck.EXPLORATION;

  static class NothingToCheck {
    @ModelCheck(spec = HERE + "LightSwitch.tla", config = HERE + "LightSwitchNothing.cfg")
    void check() {}
  }

  @Test
  void aConfigurationWithoutPropertiesFails() {
    assertThat(explored(NothingToCheck.class))
        .isEqualTo(
            "io/ringfence/junit/LightSwitchNothing.cfg lists no INVARIANT and no PROPERTY, so"
                + " nothing is checked. List what should hold.");
  }

  static class NoSpec {
    @ModelCheck(spec = "Gone.tla")
    void check() {}
  }

  static class NoConfig {
    @ModelCheck(spec = HERE + "LightSwitch.tla", config = "Gone.cfg")
    void check() {}
  }

  static class NoLibrary {
    @ModelCheck(spec = HERE + "LightSwitch.tla", libraries = "gone")
    void check() {}
  }

  @Test
  void aMissingFileFails() {
    assertThat(explored(NoSpec.class)).isEqualTo(missing("Gone.tla", "spec"));
    assertThat(explored(NoConfig.class)).isEqualTo(missing("Gone.cfg", "config"));
    assertThat(explored(NoLibrary.class)).isEqualTo(missing("gone", "libraries"));
  }

  private static String missing(String path, String element) {
    return "TLC did not run. "
        + path
        + ": no such file in "
        + Path.of("").toAbsolutePath()
        + ", and no such resource on the class path. Correct "
        + element
        + " of @ModelCheck.";
  }

  static class InAJar {
    @ModelCheck(spec = "org/junit/jupiter/api/Test.class")
    void check() {}
  }

  @Test
  void aResourceThatIsNoFileFails() {
    assertThat(explored(InAJar.class))
        .startsWith("TLC did not run. jar:file:")
        .endsWith(": TLC reads files only. Unpack it, and give the path to spec.");
  }

  static class NoHeap {
    @ModelCheck(spec = HERE + "LightSwitch.tla", heapMiB = 1)
    void check() {}
  }

  @Test
  void aWrongOptionFails() {
    assertThat(explored(NoHeap.class))
        .isEqualTo("TLC did not run. TLC needs a heap of at least 8 MiB, not 1");
  }

  /** Returns the message of the one test that there is. */
  private static String explored(Class<?> testClass) {
    Map<String, String> messages = JUnitRun.of(testClass).messages("check");
    assertThat(messages.keySet()).containsExactly(EXPLORED);
    return messages.getOrDefault(EXPLORED, "");
  }

  static class UnknownInvariant {
    @ModelCheck(spec = TLC + "UnknownInvariant.tla")
    void check() {}
  }

  static class SyntaxError {
    @ModelCheck(spec = TLC + "SyntaxError.tla", config = TLC + "UnknownInvariant.cfg")
    void check() {}
  }

  static class NoInitialState {
    @ModelCheck(spec = TLC + "NoInitialState.tla")
    void check() {}
  }

  static class InvariantWithoutValue {
    @ModelCheck(spec = TLC + "InvariantWithoutValue.tla")
    void check() {}
  }

  static class Endless {
    @ModelCheck(spec = TLC + "Endless.tla", limitSeconds = 3)
    void check() {}
  }

  static class OutOfMemory {
    @ModelCheck(spec = HERE + "Growing.tla", libraries = TLC, heapMiB = 64)
    void check() {}
  }

  static class Unsound {
    @ModelCheck(spec = TLC + "LassoProperty.tla", config = TLC + "LassoProperty.cfg", workers = 2)
    void check() {}
  }

  static Stream<Arguments> errors() {

    return Stream.of(
        Arguments.of(
            UnknownInvariant.class,
            "Nope",
            TLC
                + "UnknownInvariant.cfg:3: The invariant Nope specified in the configuration file\n"
                + "is not defined in the specification. Define it, or correct its name in the"
                + " configuration."),
        Arguments.of(
            SyntaxError.class,
            "Nope",
            TLC
                + "SyntaxError.tla:4: the specification cannot be parsed: Encountered \"Beginning of definition\""
                + " at line 4, column 21 and token \"/\\\\\"\nCorrect the module and run again."),
        Arguments.of(
            NoInitialState.class,
            "Inv",
            TLC
                + "NoInitialState.tla: no initial state satisfies Init and the constraints, so"
                + " nothing was checked. Correct Init, the constants or the constraints."),
        Arguments.of(
            InvariantWithoutValue.class,
            "Inv",
            "Evaluating invariant Inv failed.\nAttempted to apply tuple\n<<1>>\nto integer 2 which"
                + " is out of domain.\nCorrect the expression."),
        Arguments.of(
            Endless.class,
            "Inv",
            "TLC did not end within 3.0 s and was stopped. Give it more time, or the model smaller"
                + " constants."),
        Arguments.of(
            OutOfMemory.class,
            "CountInv",
            "TLC ran out of its heap of 64 MiB. Give it a larger heap, or the model smaller"
                + " constants."),
        Arguments.of(
            Unsound.class,
            "LiveProp",
            TLC
                + "LassoProperty.cfg: TLC can miss violations of temporal properties with 2"
                + " workers. Run this model with 1 worker."));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void whatIsNotDecidedFails(Class<?> testClass, String property, String reason) {
    Map<String, String> messages = JUnitRun.of(testClass).messages("check");

    assertThat(messages.keySet()).containsExactly(property, EXPLORED);
    assertThat(messages.get(property))
        .startsWith(property + " was not decided in ")
        .endsWith(". " + reason);
    assertThat(messages.get(EXPLORED))
        .startsWith("TLC did not explore all states of ")
        .endsWith(". " + reason);
  }
}
