package io.ringfence.export;

import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace as a JUnit 5 test that replays it on the firmware. The property, which may be about more
 * than states, is not evaluated again.
 */
public final class JUnitTestSource {
  /** Where the test looks for the trace, relative to the checkout. */
  public static final String TRACES = "src/test/resources/traces/";

  private static final int COLUMNS = 100;

  /** How much of a long path is in one line. */
  private static final int PIECE = 80;

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
   * @param place where the test finds that file, relative to the checkout: such names and slashes
   * @throws ExportException if either is another one
   */
  public static String write(String name, String place, Trace trace) {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new ExportException(
          "'" + name + "': the name of the trace's file should be letters, digits and . _ -");
    }
    if (!isPlace(place)) {
      throw new ExportException("'" + place + "': should be letters, digits and . _ - /");
    }
    StringBuilder steps = new StringBuilder();
    for (TraceState state : trace.path()) {
      String action = state.action() == null ? "initial state" : state.action().toString();
      steps.append(comment("  ", state.index() + " " + Plain.comment(action)));
    }
    if (trace.loop().isPresent()) {
      steps.append(comment("  ", trace.ending()));
    }
    return """
        package io.ringfence.replay;

        import static org.assertj.core.api.Assertions.assertThat;

        import io.ringfence.binding.Switches;
        import io.ringfence.verify.RecordedTrace;
        import java.io.IOException;
        import java.nio.file.Path;
        import org.junit.jupiter.api.Test;

        %s// Written by: ./ringfence export --as junit
        /**
         * The firmware, in the design that the trace is of, takes every step, and after each its RAM
         * shows the state of the spec. That these states violate the property is what TLC found, and
         * is not evaluated here: {@code ./ringfence check MODEL} does that.
         */
        class %s {
        %s

        %s
          @Test
          void theFirmwareGoesThroughEveryStateOfTheTrace() throws IOException {
            Replay replay = RecordedTrace.read(TRACE).replay(Switches.NONE);

            assertThat(replay.parting()).isNull();
            assertThat(replay.steps()).hasSize(%d);
        %s  }
        }
        """
        .formatted(
            comment("", meta(trace, TraceMeta.PROPERTY) + " is violated: a counterexample of TLC.")
                + comment("", origin(trace)),
            className(name),
            path(place),
            steps,
            trace.states().size(),
            trace.loop().isPresent() ? "    assertThat(replay.loop()).isNotNull();\n" : "");
  }

  /** Whether a path can stand in the source as it is. */
  public static boolean isPlace(String path) {
    return path.matches("[A-Za-z0-9._/-]+");
  }

  private static String origin(Trace trace) {
    return "Spec "
        + meta(trace, TraceMeta.SPEC)
        + ", model "
        + meta(trace, TraceMeta.MODEL)
        + ", claim "
        + meta(trace, TraceMeta.CONFIG)
        + ".";
  }

  /** Lines of a comment, the later ones indented. */
  private static String comment(String indent, String text) {
    StringBuilder lines = new StringBuilder();
    String start = indent + "// ";
    for (String line : CLayout.words(text, COLUMNS - indent.length() - "//     ".length())) {
      lines.append(start).append(line).append('\n');
      start = indent + "//     ";
    }
    return lines.toString();
  }

  /** The declaration of the path, as a formatter would wrap it. */
  private static String path(String place) {
    String declaration = "  private static final Path TRACE =";
    String call = "Path.of(\"" + place + "\");";
    if (declaration.length() + 1 + call.length() <= COLUMNS) {
      return declaration + " " + call;
    }
    if (6 + call.length() <= COLUMNS) {
      return declaration + "\n      " + call;
    }
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < place.length(); at += PIECE) {
      pieces.add('"' + place.substring(at, Math.min(place.length(), at + PIECE)) + '"');
    }
    return declaration
        + "\n      Path.of(\n          "
        + String.join("\n              + ", pieces)
        + ");";
  }

  private static String meta(Trace trace, String key) {
    return Plain.comment(trace.meta().get(key).orElse("?"));
  }
}
