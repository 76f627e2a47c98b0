package io.ringfence.verify;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether the models cover the catalogue: nothing may be left out silently. */
public final class Coverage {
  private Coverage() {}

  /**
   * Checks that each id of the catalogue has a model or a reason, and not both.
   *
   * @throws BadInputException if one has not
   */
  public static void require(Project project, Manifest manifest) {
    Catalogue catalogue = manifest.catalogue();
    Set<String> covered = new TreeSet<>(checkedProperties(project, manifest));
    manifest.models().forEach(model -> switches(model).forEach(covered::add));
    catalogue.shownBy().forEach((id, claims) -> covered.add(shown(project, manifest, id, claims)));
    Set<String> known = new LinkedHashSet<>(catalogue.properties().keySet());
    known.addAll(catalogue.defects().keySet());
    for (String id : known) {
      boolean isCovered = covered.stream().anyMatch(switched -> isPartOf(switched, id));
      boolean hasReason = catalogue.notModelled().containsKey(id);
      if (isCovered == hasReason) {
        throw new BadInputException(
            file(project)
                + ": "
                + id
                + (isCovered
                    ? " is in notModelled, and a model covers it; remove the reason"
                    : " is covered by no model; add one, or say in notModelled why there is none"));
      }
    }
    for (String id : catalogue.notModelled().keySet()) {
      if (!known.contains(id)) {
        throw new BadInputException(
            file(project) + ": notModelled has " + id + ", which is no id of the catalogue");
      }
    }
  }

  /** Whether a switch stands for a defect or a part of it, as B-78a does for B-78. */
  public static boolean isPartOf(String switched, String defect) {
    return switched.startsWith(defect)
        && (switched.length() == defect.length()
            || Character.isLetter(switched.charAt(defect.length())));
  }

  private static Set<String> checkedProperties(Project project, Manifest manifest) {
    Map<String, Set<String>> operators = new LinkedHashMap<>();
    for (Manifest.Model model : manifest.models()) {
      for (Manifest.Claim claim : model.claims()) {
        operators
            .computeIfAbsent(model.spec(), spec -> new LinkedHashSet<>())
            .addAll(
                Objects.requireNonNull(manifest.configs().get(claim.config()), "the reader has all")
                    .properties());
      }
    }
    Set<String> ids = new LinkedHashSet<>();
    operators.forEach(
        (spec, names) ->
            PropertyCatalogue.read(project.specs().resolve(spec + ".tla"), List.copyOf(names))
                .forEach(entry -> ids.add(entry.id())));
    return ids;
  }

  /** Defects that a model has, fixes that it has, and fixes that its counterexamples part on. */
  private static Stream<String> switches(Manifest.Model model) {
    Stream<String> fixes =
        model.claims().stream()
            .flatMap(claim -> claim.partsOn().stream())
            .flatMap(design -> Stream.of(design.split(" ", -1)))
            .filter(part -> part.startsWith("+"))
            .map(part -> part.substring(1));
    return Stream.concat(Stream.concat(model.defects().stream(), model.fixes().stream()), fixes);
  }

  private static String shown(Project project, Manifest manifest, String id, List<String> configs) {
    for (String config : configs) {
      boolean violated =
          manifest.models().stream()
              .flatMap(model -> model.claims().stream())
              .anyMatch(claim -> claim.config().equals(config) && !claim.holds());
      if (!violated) {
        throw new BadInputException(
            file(project)
                + ": shownBy says that "
                + config
                + " shows "
                + id
                + ", and there is no such claim of a violation");
      }
    }
    return id;
  }

  private static String file(Project project) {
    return project.models().resolve("catalogue.json").toString();
  }
}
