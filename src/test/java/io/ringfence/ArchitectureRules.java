package io.ringfence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

/** The architecture of Ringfence as rules, each of which says why it is there. */
final class ArchitectureRules {
  private static final String ROOT = "io.ringfence";

  /** The spec's side and the firmware's side. */
  private static final Set<String> BOTH_SIDES =
      Set.of("tlc", "trace", "scenario", "firmware", "machine");

  private static final Set<String> BOUND = with(BOTH_SIDES, "binding");

  private static final Set<String> CHECKED = with(BOUND, "conform", "replay");

  private static final Set<String> REPORTED = with(CHECKED, "verify", "report");

  /** The packages that each package may use; one that is missing here may not exist. */
  private static final Map<String, Set<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("cli", with(REPORTED, "export")),
              Map.entry("export", Set.of("trace", "scenario", "conform")),
              // Checks specs of other projects, which have no firmware here.
              Map.entry("junit", Set.of("tlc", "trace")),
              // The record of a run holds what these packages say of a replay and of memory.
              Map.entry("report", Set.of("verify", "trace", "replay", "conform", "binding")),
              Map.entry("verify", with(CHECKED, "json")),
              Map.entry("conform", BOUND),
              Map.entry("replay", BOUND),
              Map.entry("binding", BOTH_SIDES),
              Map.entry("tlc", Set.of("trace")),
              Map.entry("trace", Set.of()),
              Map.entry("scenario", Set.of("firmware", "machine", "json")),
              Map.entry("json", Set.of()),
              Map.entry("firmware", Set.of("machine")),
              Map.entry("machine", Set.of())));

  private ArchitectureRules() {}

  /** Return all rules. */
  static List<ArchRule> all() {
    return List.of(
        arrowsRunDownward(),
        packagesAreFreeOfCycles(),
        packagesSayWhatTheyAreFor(),
        packagesAreNullMarked(),
        packagesSayWhetherTheyAreApi(),
        apiStandsOnApi(),
        onlyTheCommandLineEndsTheProcess(),
        onlyTheCommandLinePrints(),
        libraryStaysIn("tlc", "tlc2..", "tla2sany..", "pcal..", "util.."),
        libraryStaysIn("cli", "picocli.."),
        libraryStaysIn("report", "gg.jte.."),
        libraryStaysIn("junit", "org.junit..", "org.opentest4j.."),
        libraryStaysIn("report", "org.commonmark.."));
  }

  static ArchRule arrowsRunDownward() {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String layer : ARROWS.keySet()) {
      layers = layers.layer(layer).definedBy(packageTree(layer));
    }
    for (Map.Entry<String, Set<String>> arrows : ARROWS.entrySet()) {
      LayeredArchitecture.LayerDependencySpecification layer = layers.whereLayer(arrows.getKey());
      layers =
          arrows.getValue().isEmpty()
              ? layer.mayNotAccessAnyLayer()
              : layer.mayOnlyAccessLayers(arrows.getValue().toArray(String[]::new));
    }
    return layers
        .ensureAllClassesAreContainedInArchitecture()
        .as("arrows between the packages of the design run downward only")
        .because("the firmware and the spec must not be able to agree by sharing code");
  }

  static ArchRule packagesAreFreeOfCycles() {
    return slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .because("packages in a cycle can only be understood together");
  }

  static ArchRule packagesSayWhatTheyAreFor() {
    return noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..helper..", "..helpers..", "..common..")
        .allowEmptyShould(true)
        .because("such a package has no job of its own, and so collects everything");
  }

  static ArchRule packagesAreNullMarked() {
    return classes()
        .should(resideInANullMarkedPackage())
        .allowEmptyShould(true)
        .because("NullAway checks only what is marked");
  }

  static ArchRule packagesSayWhetherTheyAreApi() {
    return classes()
        .should(resideInAPackageWithAStatus())
        .allowEmptyShould(true)
        .because("who uses the library has to know what can change without notice");
  }

  static ArchRule apiStandsOnApi() {
    return classes()
        .that(DescribedPredicate.describe("are API", ArchitectureRules::isApi))
        .should(useNoInternalPackage())
        .allowEmptyShould(true)
        .because("what an API shows or needs cannot change without notice either");
  }

  static ArchRule onlyTheCommandLineEndsTheProcess() {
    return outside("cli")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .allowEmptyShould(true)
        .because("a verdict is returned; what becomes of the process is the caller's choice");
  }

  static ArchRule onlyTheCommandLinePrints() {
    return outside("cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .allowEmptyShould(true)
        .because("standard output belongs to the command, which may have promised JSON on it");
  }

  /** Let only the package tree {@code layer} use the library in {@code packages}. */
  static ArchRule libraryStaysIn(String layer, String... packages) {
    return outside(layer)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .because(layer + " is the one place where this library is known");
  }

  private static GivenClassesConjunction outside(String layer) {
    return noClasses().that().resideOutsideOfPackage(packageTree(layer));
  }

  private static String packageTree(String layer) {
    return ROOT + "." + layer + "..";
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        boolean marked = javaClass.getPackage().isAnnotatedWith(NullMarked.class);
        String message =
            "%s: the package-info.java of %s lacks @NullMarked"
                .formatted(javaClass.getName(), javaClass.getPackageName());
        events.add(new SimpleConditionEvent(javaClass, marked, message));
      }
    };
  }

  private static ArchCondition<JavaClass> resideInAPackageWithAStatus() {
    return new ArchCondition<>("reside in a package that says whether it is @API") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        String message =
            "%s: the package-info.java of %s lacks @API: EXPERIMENTAL or STABLE for others to use,"
                + " else INTERNAL";
        events.add(
            new SimpleConditionEvent(
                javaClass,
                statusOf(javaClass).isPresent(),
                message.formatted(javaClass.getName(), javaClass.getPackageName())));
      }
    };
  }

  private static ArchCondition<JavaClass> useNoInternalPackage() {
    return new ArchCondition<>("use no package that is internal") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
          boolean internal =
              statusOf(dependency.getTargetClass().getBaseComponentType())
                  .filter(status -> status == API.Status.INTERNAL)
                  .isPresent();
          events.add(new SimpleConditionEvent(javaClass, !internal, dependency.getDescription()));
        }
      }
    };
  }

  private static boolean isApi(JavaClass javaClass) {
    return statusOf(javaClass).filter(status -> status != API.Status.INTERNAL).isPresent();
  }

  private static Optional<API.Status> statusOf(JavaClass javaClass) {
    return javaClass.getPackage().tryGetAnnotationOfType(API.class).map(API::status);
  }

  private static Set<String> with(Set<String> layers, String... more) {
    Set<String> all = new HashSet<>(layers);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }
}
