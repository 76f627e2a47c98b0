package io.ringfence.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the record of a run together, and asks whether each property can fail at all. */
public final class RunRecorder {
  /** States the type of the variables: a violation would be a slip of the spec, not of a design. */
  private static final String TYPE_OK = "TypeOK";

  private final Project project;
  private final Manifest manifest;

  /** Records runs of a project. */
  public RunRecorder(Project project, Manifest manifest) {
    this.project = project;
    this.manifest = manifest;
  }

  /**
   * Records a run.
   *
   * @param kept models whose results are of an earlier run, with its instant
   * @param inputs what the results of each model depend on, as {@link CachedVerifier#keys} has it
   * @param complete whether all models of the scope were checked, so that a property that none of
   *     them breaks is a finding
   */
  public RunRecord record(
      List<String> command,
      Instant started,
      Map<String, String> environment,
      Map<String, String> kept,
      Map<String, String> inputs,
      List<RunRecord.ModelRecord> models,
      boolean complete) {
    List<RunRecord.PropertyRecord> properties = properties(models);
    List<RunRecord.ModelRecord> judged = complete ? vacuous(models, properties) : models;
    return new RunRecord(
        RunRecord.SCHEMA,
        version(),
        command,
        started.toString(),
        Duration.between(started, Instant.now()).toMillis() / 1e3,
        environment,
        kept,
        inputs,
        properties,
        judged,
        manifest.catalogue(),
        Sources.read(project));
  }

  /**
   * Records a run that did not begin, as what there is to check could not be read: one error.
   *
   * @param why what is wrong, and where
   */
  public static RunRecord ofNothing(List<String> command, Instant started, String why) {
    RunRecord.ModelRecord none =
        new RunRecord.ModelRecord(
            "models",
            "no model could be read",
            "",
            "",
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Verdict.ERROR,
            why,
            null,
            null);
    return new RunRecord(
        RunRecord.SCHEMA,
        version(),
        command,
        started.toString(),
        0,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(none),
        new Catalogue(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()),
        new Sources(Map.of(), Map.of()));
  }

  /** The version of this program. */
  public static String version() {
    String version = RunRecorder.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private List<RunRecord.PropertyRecord> properties(List<RunRecord.ModelRecord> models) {
    Map<String, Set<String>> operators = new LinkedHashMap<>();
    for (RunRecord.ModelRecord model : models) {
      for (RunRecord.ClaimRecord claim : model.claims()) {
        operators
            .computeIfAbsent(model.spec(), spec -> new LinkedHashSet<>())
            .addAll(claim.properties());
      }
    }
    List<RunRecord.PropertyRecord> records = new ArrayList<>();
    operators.forEach(
        (spec, names) -> {
          Path file = project.specs().resolve(spec + ".tla");
          for (PropertyCatalogue.Entry entry : PropertyCatalogue.read(file, List.copyOf(names))) {
            records.add(
                new RunRecord.PropertyRecord(
                    entry.id(),
                    entry.name(),
                    entry.operator(),
                    entry.spec(),
                    entry.line(),
                    entry.statement(),
                    entry.text(),
                    brokenBy(models, spec, entry.operator())));
          }
        });
    return records;
  }

  private static List<String> brokenBy(
      List<RunRecord.ModelRecord> models, String spec, String operator) {
    return models.stream()
        .filter(model -> model.spec().equals(spec))
        .flatMap(model -> model.claims().stream())
        .filter(claim -> claim.verdict() == Verdict.EXPECTED_VIOLATION)
        .filter(claim -> operator.equals(claim.violated()))
        .map(RunRecord.ClaimRecord::config)
        .toList();
  }

  /** A claim that something holds is worth nothing if nothing could ever break it. */
  private static List<RunRecord.ModelRecord> vacuous(
      List<RunRecord.ModelRecord> models, List<RunRecord.PropertyRecord> properties) {
    List<RunRecord.PropertyRecord> unbroken =
        properties.stream()
            .filter(property -> property.brokenBy().isEmpty())
            .filter(property -> !property.operator().equals(TYPE_OK))
            .toList();
    return models.stream().map(model -> withClaims(model, unbroken)).toList();
  }

  private static RunRecord.ModelRecord withClaims(
      RunRecord.ModelRecord model, List<RunRecord.PropertyRecord> unbroken) {
    List<RunRecord.ClaimRecord> claims =
        model.claims().stream().map(claim -> judged(model, claim, unbroken)).toList();
    return new RunRecord.ModelRecord(
        model.name(),
        model.title(),
        model.spec(),
        model.module(),
        model.scope(),
        model.variant(),
        model.fixes(),
        model.defects(),
        model.bounds(),
        model.assumptions(),
        model.constants(),
        model.notApplicable(),
        model.shownIn(),
        claims,
        model.conformanceVerdict(),
        model.conformanceMessage(),
        model.conformance(),
        model.graph());
  }

  private static RunRecord.ClaimRecord judged(
      RunRecord.ModelRecord model,
      RunRecord.ClaimRecord claim,
      List<RunRecord.PropertyRecord> unbroken) {
    List<String> empty =
        claim.properties().stream()
            .filter(
                operator -> unbroken.stream().anyMatch(property -> property.is(operator, model)))
            .toList();
    if (claim.verdict() != Verdict.PASS || empty.isEmpty()) {
      return claim;
    }
    return new RunRecord.ClaimRecord(
        claim.config(),
        claim.expected(),
        claim.properties(),
        Verdict.VACUOUS,
        "no variant or defect of this run breaks " + String.join(", ", empty),
        claim.violated(),
        claim.tlc(),
        claim.counterexample());
  }
}
