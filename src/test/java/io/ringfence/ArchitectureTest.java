package io.ringfence;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ringfence keeps its own rules, and each rule is shown to reject what it is there to reject. */
class ArchitectureTest {
  // ArchUnit's own option to leave tests out looks for target/test-classes, which -Dfast moves.
  private static final JavaClasses RINGFENCE =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.ringfence");

  @TempDir private Path directory;

  static Stream<ArchRule> rules() {
    return ArchitectureRules.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  @DisplayName("Ringfence keeps the rule")
  void ringfenceKeepsTheRule(ArchRule rule) {
    rule.check(RINGFENCE);
  }

  static Stream<Arguments> wrongCode() {
    return Stream.of(
        upward("machine", "firmware.list"),
        upward("firmware", "tlc"),
        upward("firmware", "trace"),
        upward("firmware.heap", "binding"),
        upward("tlc.eval", "firmware"),
        upward("trace", "tlc"),
        upward("scenario", "trace"),
        upward("binding", "replay"),
        upward("replay", "conform"),
        upward("report", "firmware"),
        upward("report", "tlc"),
        upward("verify", "report"),
        upward("junit", "cli"),
        upward("junit", "verify"),
        upward("junit", "binding"),
        upward("junit", "firmware"),
        Arguments.of(
            "a package that the design does not know",
            ArchitectureRules.arrowsRunDownward(),
            List.of("package io.ringfence.extra; class A {}")),
        Arguments.of(
            "two packages that use each other",
            ArchitectureRules.packagesAreFreeOfCycles(),
            List.of(
                "package io.ringfence.firmware.list; public class A { io.ringfence.firmware.B b; }",
                "package io.ringfence.firmware; public class B { io.ringfence.firmware.list.A a; }")),
        Arguments.of(
            "a package without a job",
            ArchitectureRules.packagesSayWhatTheyAreFor(),
            List.of("package io.ringfence.trace.util; class A {}")),
        Arguments.of(
            "a package that NullAway does not check",
            ArchitectureRules.packagesAreNullMarked(),
            List.of("package io.ringfence.trace.sub; class A {}")),
        Arguments.of(
            "a package that does not say whether it is API",
            ArchitectureRules.packagesSayWhetherTheyAreApi(),
            List.of("package io.ringfence.trace.sub; class A {}")),
        Arguments.of(
            "an API that uses what is internal",
            ArchitectureRules.apiStandsOnApi(),
            with(
                pair("trace", "tlc.isolated"),
                "@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.STABLE)"
                    + " package io.ringfence.trace;",
                "@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)"
                    + " package io.ringfence.tlc.isolated;")),
        Arguments.of(
            "System.exit below the command line",
            ArchitectureRules.onlyTheCommandLineEndsTheProcess(),
            List.of("package io.ringfence.verify; class A { void a() { System.exit(1); } }")),
        Arguments.of(
            "printing below the command line",
            ArchitectureRules.onlyTheCommandLinePrints(),
            List.of(
                "package io.ringfence.verify; class A { void a() { System.out.println(1); } }")),
        Arguments.of(
            "TLC's classes outside tlc",
            ArchitectureRules.libraryStaysIn("tlc", "tlc2.."),
            List.of("package io.ringfence.conform; class A { tlc2.TLC tlc; }")),
        Arguments.of(
            "JUnit outside junit",
            ArchitectureRules.libraryStaysIn("junit", "org.junit.."),
            List.of(
                "package io.ringfence.verify; class A { org.junit.jupiter.api.TestInfo info; }")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongCode")
  @DisplayName("The rule rejects")
  void ruleRejects(String what, ArchRule rule, List<String> sources) throws IOException {
    assertThat(rule.evaluate(compile(sources)).hasViolation()).as(what).isTrue();
  }

  @Test
  void theRulesAcceptAnArrowThatRunsDownward() throws IOException {
    JavaClasses classes = compile(pair("firmware.list", "machine"));

    assertThat(ArchitectureRules.arrowsRunDownward().evaluate(classes).hasViolation()).isFalse();
    assertThat(ArchitectureRules.packagesAreFreeOfCycles().evaluate(classes).hasViolation())
        .isFalse();
  }

  private static Arguments upward(String from, String to) {
    return Arguments.of(
        from + " uses " + to, ArchitectureRules.arrowsRunDownward(), pair(from, to));
  }

  /** Return two sources: a class in package {@code from} that uses one in package {@code to}. */
  private static List<String> pair(String from, String to) {
    return List.of(
        "package io.ringfence.%s; class A { io.ringfence.%s.B b; }".formatted(from, to),
        "package io.ringfence.%s; public class B {}".formatted(to));
  }

  private static List<String> with(List<String> sources, String... more) {
    List<String> all = new ArrayList<>(sources);
    all.addAll(List.of(more));
    return all;
  }

  private JavaClasses compile(List<String> sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", directory.toString()));
    for (int i = 0; i < sources.size(); i++) {
      String text = sources.get(i);
      String name = text.startsWith("@") ? "package-info" : text.contains("class A ") ? "A" : "B";
      Path source =
          Files.createDirectories(directory.resolve("source" + i)).resolve(name + ".java");
      arguments.add(Files.writeString(source, text).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).as("the wrong code compiles").isZero();
    return new ClassFileImporter().importPath(directory);
  }
}
