package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing of the catalogue is left out silently. */
class CoverageTest {
  private static final Catalogue CATALOGUE = RunOfTwoModels.MANIFEST.catalogue();

  private static Manifest with(
      Map<String, String> properties,
      Map<String, List<String>> shownBy,
      Map<String, String> notModelled) {
    return new Manifest(
        RunOfTwoModels.MANIFEST.models(),
        new Catalogue(CATALOGUE.designs(), properties, CATALOGUE.defects(), shownBy, notModelled),
        RunOfTwoModels.MANIFEST.configs());
  }

  private static void refuses(Manifest manifest, String... parts) {
    assertThatThrownBy(() -> Coverage.require(RunOfTwoModels.PROJECT, manifest))
        .isInstanceOf(BadInputException.class)
        .message()
        .contains(parts);
  }

  private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    Map<String, V> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  @Test
  void everythingHasAModelOrAReason() {
    assertThatCode(() -> Coverage.require(RunOfTwoModels.PROJECT, RunOfTwoModels.MANIFEST))
        .doesNotThrowAnyException();
  }

  /** Only {@code TaskSyscalls} has the handler of fatal errors: finding R-86. */
  @Test
  void whoeverClaimsIso10AssumesThatAKilledThreadEndsAloneOrModelsIt() {
    List<Manifest.Model> claiming =
        RunOfTwoModels.MANIFEST.models().stream().filter(CoverageTest::claimsIso10).toList();
    assertThat(claiming).hasSizeGreaterThan(30);
    assertThat(claiming)
        .allSatisfy(
            model -> {
              boolean models =
                  model.spec().equals("TaskSyscalls")
                      && (model.variant().equals("HARDENED") || model.fixes().contains("R-86"));
              boolean assumes =
                  model.assumptions().stream().anyMatch(words -> words.contains("(R-86)"));
              assertThat(models ^ assumes).as(model.name()).isTrue();
            });
  }

  private static boolean claimsIso10(Manifest.Model model) {
    return model.claims().stream()
        .filter(Manifest.Claim::holds)
        .map(claim -> RunOfTwoModels.MANIFEST.configs().get(claim.config()))
        .map(config -> Objects.requireNonNull(config, "the reader has all").properties())
        .flatMap(
            operators ->
                PropertyCatalogue.read(
                    RunOfTwoModels.PROJECT.specs().resolve(model.spec() + ".tla"), operators)
                    .stream())
        .anyMatch(entry -> entry.id().equals("ISO-10"));
  }

  @Test
  void anIdWithoutModelNeedsAReason() {
    refuses(
        with(
            plus(CATALOGUE.properties(), "HEAP-99", "NoSuchProperty"),
            CATALOGUE.shownBy(),
            CATALOGUE.notModelled()),
        "HEAP-99",
        "no model");
  }

  @Test
  void aReasonThatIsOutOfDateIsRefused() {
    refuses(
        with(
            CATALOGUE.properties(),
            CATALOGUE.shownBy(),
            plus(CATALOGUE.notModelled(), "HEAP-16", "forgotten")),
        "HEAP-16",
        "remove the reason");
  }

  @Test
  void aReasonForAnUnknownIdIsRefused() {
    refuses(
        with(
            CATALOGUE.properties(),
            CATALOGUE.shownBy(),
            plus(CATALOGUE.notModelled(), "HAEP-1", "a slip")),
        "HAEP-1");
  }

  @Test
  void aDefectIsShownByAClaimThatExistsAndIsAViolation() {
    refuses(
        with(
            CATALOGUE.properties(),
            plus(CATALOGUE.shownBy(), "B-01", List.of("ownership/B502.cfg")),
            CATALOGUE.notModelled()),
        "ownership/B502.cfg",
        "B-01");
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({"B-78, B-78, true", "B-78a, B-78, true", "B-78, B-7, false", "B-7, B-78, false"})
  void aSwitchCanBeAPartOfADefect(String switched, String defect, boolean part) {
    assertThat(Coverage.isPartOf(switched, defect)).isEqualTo(part);
  }
}
