package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.ItfReader;
import io.ringfence.trace.ItfWriter;
import io.ringfence.trace.Loop;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A counterexample as a JUnit 5 test. */
class JUnitTestSourceTest {
  @TempDir private Path folder;

  /** Compiles a test and runs it. */
  private void run(String source, String name) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString(),
                    file.toString()))
        .isZero();
    // A loader of its own makes another package of the same name; the test uses public classes.
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> test = loader.loadClass("io.ringfence.replay." + name);
      var constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method method = test.getDeclaredMethod("theFirmwareGoesThroughEveryStateOfTheTrace");
      method.setAccessible(true);
      method.invoke(constructor.newInstance());
    }
  }

  @Test
  void theTestCompilesAndReplaysTheTrace() throws Exception {
    Trace trace = ItfReader.read(Path.of("src/test/resources/traces/v1-own-11.itf.json"));
    String source =
        JUnitTestSource.write("v1-own-11", JUnitTestSource.TRACES + "v1-own-11.itf.json", trace);
    assertThat(source)
        .contains("// 1 I1_ChooseHeap(k0, EDF, full)")
        .contains("violate the property is what TLC found, and\n * is not evaluated here");
    run(source, "V1Own11Test");
    assertThat(source.lines()).allMatch(line -> line.length() <= 100);
    String wrong = source.replace("hasSize(11)", "hasSize(12)");
    assertThatThrownBy(() -> run(wrong, "V1Own11Test")).hasStackTraceContaining("size");
  }

  @Test
  void theTestOfATraceWithoutAnEndReplaysTheWayBack() throws Exception {
    String place = JUnitTestSource.TRACES + "domain-no-quiet.itf.json";
    Trace trace = ItfReader.read(Path.of(place));
    String source = JUnitTestSource.write("domain-no-quiet", place, trace);
    assertThat(source)
        .contains("// 34 I5_TestHandler(isr1)\n  // back to step 29, for ever\n")
        .contains("    assertThat(replay.loop()).isNotNull();\n  }\n}\n");
    run(source, "DomainNoQuietTest");
    Path wrong = folder.resolve("wrong.itf.json");
    ItfWriter.write(
        new Trace(
            trace.meta(),
            trace.variables(),
            trace.states(),
            trace.loop().map(loop -> new Loop(28, loop.action()))),
        wrong);
    String parts = source.replace("Path.of(\"" + place, "Path.of(\"" + wrong);
    assertThatThrownBy(() -> run(parts, "DomainNoQuietTest"))
        .hasStackTraceContaining("Step[index=34");
  }

  @Test
  void textOfTheTraceCannotBecomeCode() throws Exception {
    ActionCall call =
        new ActionCall("A", Map.of("x", StringValue.of("\\u000a static int evil = 1 / 0; \n}")));
    Trace trace =
        new Trace(
            new TraceMeta(Map.of(TraceMeta.PROPERTY, "\n} class Evil {")),
            List.of(),
            List.of(new TraceState(0, null, Map.of()), new TraceState(1, call, Map.of())),
            Optional.empty());
    String source = JUnitTestSource.write("evil", "evil.itf.json", trace);
    assertThat(source).contains("// ?} class Evil { is violated", "\\\\u000a static int evil");
    assertThatThrownBy(() -> run(source, "EvilTest")).hasStackTraceContaining("evil.itf.json");
    assertThatThrownBy(() -> JUnitTestSource.write("a\" b", "a", trace))
        .isInstanceOf(ExportException.class);
  }

  @Test
  void noLineIsWiderThanASourceShouldBe() throws Exception {
    ActionCall call =
        new ActionCall(
            "A", Map.of("x", StringValue.of("long ".repeat(40)), "y", StringValue.of("z")));
    Trace trace =
        new Trace(
            new TraceMeta(Map.of(TraceMeta.PROPERTY, "P ".repeat(90))),
            List.of(),
            List.of(new TraceState(0, null, Map.of()), new TraceState(1, call, Map.of())),
            Optional.empty());
    for (int length : new int[] {10, 40, 60, 200}) {
      String place = "d/" + "x".repeat(length) + ".itf.json";
      String source = JUnitTestSource.write("Long", place, trace);
      assertThat(source.lines()).allMatch(line -> line.length() <= 100);
      assertThat(source.replaceAll("\"\\s+\\+ \"", "")).contains('"' + place + '"');
      assertThatThrownBy(() -> run(source, "LongTest")).hasStackTraceContaining(place);
    }
    assertThatThrownBy(() -> JUnitTestSource.write("a", "a\"b", trace))
        .isInstanceOf(ExportException.class);
  }

  @Test
  void theClassIsNamedForTheTrace() {
    assertThat(JUnitTestSource.className("Ll.AtMostOneListInv"))
        .isEqualTo("LlAtMostOneListInvTest");
    assertThat(JUnitTestSource.className("1")).isEqualTo("Trace1Test");
    assertThat(JUnitTestSource.className("--")).isEqualTo("TraceTest");
  }
}
