package io.ringfence.export;

import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;

/** A trace as a JUnit 5 test that replays it on the firmware. */
public final class JUnitTestSource {
  /** Where the test looks for the trace, relative to the checkout. */
  public static final String TRACES = "src/test/resources/traces/";

  /** Of a comment, and of what goes on in a second line. */
  private static final int INDENT = 7;

  private JUnitTestSource() {}

  /** The name of the test's class. */
  public static String className(String name) {
    StringBuilder words = new StringBuilder();
    for (String word : name.split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty()) {
        words.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return (words.isEmpty() || Character.isDigit(words.charAt(0)) ? "Trace" : "") + words + "Test";
  }

  /**
   * Writes the source of the test.
   *
   * @param name the name of the trace's file without {@code .itf.json}: letters, digits, dots,
   *     hyphens and underscores
   * @throws ExportException if the name is another one
   */
  public static String write(String name, Trace trace) {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new ExportException(
          "'" + name + "': the name of the trace's file should be letters, digits and . _ -");
    }
    StringBuilder steps = new StringBuilder();
    for (TraceState state : trace.states()) {
      String action = state.action() == null ? "initial state" : state.action().toString();
      String step = state.index() + " " + Plain.comment(action);
      String lines = String.join("\n  //   ", CLayout.words(step, CLayout.COLUMNS - INDENT));
      steps.append("  // ").append(lines).append('\n');
    }
    return """
        package io.ringfence.replay;

        import static org.assertj.core.api.Assertions.assertThat;

        import io.ringfence.binding.Switches;
        import io.ringfence.verify.RecordedTrace;
        import java.io.IOException;
        import java.nio.file.Path;
        import org.junit.jupiter.api.Test;

        // %s is violated: a counterexample of TLC.
        // Spec %s, model %s, claim %s.
        // Written by: ./ringfence export --as junit
        class %s {
          private static final Path TRACE =
              Path.of("%s%s.itf.json");

        %s
          @Test
          void theFirmwareGoesThroughEveryStateOfTheTrace() throws IOException {
            Replay replay = RecordedTrace.read(TRACE).replay(Switches.NONE);

            assertThat(replay.parting()).isNull();
            assertThat(replay.steps()).hasSize(%d);
          }
        }
        """
        .formatted(
            meta(trace, TraceMeta.PROPERTY),
            meta(trace, TraceMeta.SPEC),
            meta(trace, TraceMeta.MODEL),
            meta(trace, TraceMeta.CONFIG),
            className(name),
            TRACES,
            name,
            steps,
            trace.states().size());
  }

  private static String meta(Trace trace, String key) {
    return Plain.comment(trace.meta().get(key).orElse("?"));
  }
}
