package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.tlc.TlcTools;
import io.ringfence.trace.Trace;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ManifestReader;
import io.ringfence.verify.Project;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verifier;
import io.ringfence.verify.VerifyListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What TLC finds in the smallest models of each spec becomes tests that gcc has nothing against.
 */
@Timeout(600)
class CTestOfModelsTest {
  private static final int MODELS = 3;

  /** What has no counterpart in C. */
  private static final Pattern REFUSED =
      Pattern.compile(
          "cannot make an allocation fail|initial state only|find by luck|before any test runs|"
              + "asks for the wrong address|when the power goes off|chain DMA's, which no test names|"
              + "a trace of FastGet|gives way to that of ztest");

  /** A row of the interleaving that the test announces. */
  private static final Pattern IN_TEST = Pattern.compile("\"(\\w+)\", true \\}");

  private static final Project PROJECT = Project.at(Path.of(""));
  private static final Manifest MANIFEST = ManifestReader.read(PROJECT.models());

  @TempDir private Path folder;

  private static Stream<String> specs() {
    return CTestSource.specs().stream();
  }

  private static List<Manifest.Model> smallest(String spec) {
    return MANIFEST.models().stream()
        .filter(model -> model.spec().equals(spec))
        .filter(model -> model.claims().stream().anyMatch(claim -> !claim.holds()))
        .sorted(Comparator.comparingLong(model -> model.pinned().states()))
        .limit(MODELS)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void counterexamplesBecomeTestsThatCompile(String spec) throws Exception {
    Verifier verifier =
        new Verifier(
            PROJECT,
            Map.of(),
            TlcTools.onClassPath(),
            Duration.ofMinutes(2),
            false,
            VerifyListener.NONE);
    List<RunRecord.CounterexampleRecord> found =
        verifier.verify(smallest(spec)).stream()
            .flatMap(model -> model.claims().stream())
            .flatMap(claim -> Stream.ofNullable(claim.counterexample()))
            .toList();
    int exported = 0;
    for (RunRecord.CounterexampleRecord counterexample : found) {
      String name = counterexample.file();
      Trace trace = counterexample.trace();
      String source;
      try {
        source = CTestSource.write(name, spec, trace, CTestSourceTest.constants(trace), "");
      } catch (ExportException e) {
        assertThat(e).as(name).message().containsPattern(REFUSED);
        continue;
      }
      exported++;
      assertThat(Gcc.complaints(folder, source)).as(name).isEmpty();
      assertThat(source.lines().filter(line -> CLayout.width(line) > 100)).as(name).isEmpty();
      assertThat(source.lines().filter(line -> !line.equals(line.stripTrailing())))
          .as(name)
          .isEmpty();
      // What the test announces it also does, in a thread or in a callback.
      assertThat(IN_TEST.matcher(source).results().map(label -> label.group(1)))
          .as(name)
          .allMatch(label -> source.contains("\tringfence_at(\"" + label + "\");"));
    }
    assertThat(exported).isPositive();
  }

  @Test
  void widthsCountTabs() {
    assertThat(CLayout.width("\ta")).isEqualTo(9);
    assertThat(CLayout.width("abc\ta")).isEqualTo(9);
    String call = "\tcall(\"" + "a b ".repeat(10) + "\", " + "argument, ".repeat(10) + "last);";
    List<String> lines = CLayout.wrap(call);
    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> CLayout.width(line) <= 100);
    assertThat(String.join(" ", lines).replaceAll("\\s+", " "))
        .isEqualTo(call.replaceAll("\\s+", " "));
    assertThat(lines.get(0)).contains("a b \"");
    assertThat(CLayout.wrap("\t/* " + "word ".repeat(40) + "*/"))
        .startsWith("\t/*")
        .endsWith("\t */")
        .allMatch(line -> CLayout.width(line) <= 100);
    assertThat(CLayout.words("x".repeat(25), 10))
        .containsExactly("x".repeat(10), "x".repeat(10), "xxxxx");
  }
}
