package io.ringfence.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ringfence.json.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the manifests strictly, and checks them against the files beside them. */
public final class ManifestReader {
  private static final String FILE = "manifest.json";

  private static final Pattern DESIGN = Pattern.compile("[+-]?[A-Z][\\w.-]*( [+-][A-Z][\\w.-]*)*");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** {@code models/manifest.json}. */
  private record Top(List<String> families) {}

  /** {@code models/FAMILY/manifest.json}; its paths are relative to that folder. */
  private record Family(List<Manifest.Model> models) {}

  /** A model, and the manifest that lists it. */
  private record Listed(Path file, Manifest.Model model) {
    String place() {
      return file + ": model " + model.name();
    }
  }

  private final Path models;

  private ManifestReader(Path models) {
    this.models = models;
  }

  /**
   * Reads {@code manifest.json} in a folder of models, that of each family that it names, and the
   * catalogue.
   *
   * @throws BadInputException if one is not as it should be
   */
  public static Manifest read(Path models) {
    return new ManifestReader(models).read();
  }

  private Manifest read() {
    Top top = parse(models.resolve(FILE), Top.class);
    List<Listed> listed = new ArrayList<>();
    for (String family : top.families()) {
      Path file = models.resolve(family).resolve(FILE);
      for (Manifest.Model model : parse(file, Family.class).models()) {
        listed.add(new Listed(file, model.in(family)));
      }
    }
    List<Manifest.Model> all = listed.stream().map(Listed::model).toList();
    Map<String, ConfigText> configs = new HashMap<>();
    for (Manifest.Model model : all) {
      for (Manifest.Claim claim : model.claims()) {
        configs.computeIfAbsent(claim.config(), path -> ConfigText.read(models.resolve(path)));
      }
    }
    Manifest manifest =
        new Manifest(
            all, parse(models.resolve("catalogue.json"), Catalogue.class), Map.copyOf(configs));
    check(listed, manifest.configs());
    return manifest;
  }

  private static <T> T parse(Path file, Class<T> type) {
    try {
      return MAPPER.readValue(file.toFile(), type);
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          JsonProblem.in(file, e) + "; docs/adding-a-model.md says what a model needs", e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read; is this a Ringfence project?", e);
    }
  }

  private void check(List<Listed> listed, Map<String, ConfigText> texts) {
    Set<String> names = new HashSet<>();
    Set<String> configs = new TreeSet<>();
    for (Listed one : listed) {
      Manifest.Model model = one.model();
      String where = one.place();
      require(names.add(model.name()), where + ": the name is taken by another model");
      require(
          model.scope().equals("ci") || model.scope().equals("nightly"),
          where + ": scope should be ci or nightly and is " + model.scope());
      require(
          Files.isRegularFile(models.resolve(model.module())),
          where + ": there is no module " + model.module());
      require(!model.claims().isEmpty(), where + ": it claims nothing");
      checkClaims(where, model, texts, configs);
    }
    checkShown(listed);
    checkNothingForgotten(configs);
  }

  /** Who says that something is shown elsewhere should be right. */
  private static void checkShown(List<Listed> listed) {
    Set<String> violations = new HashSet<>();
    for (Listed one : listed) {
      one.model().claims().stream()
          .filter(claim -> !claim.holds())
          .forEach(claim -> violations.add(claim.config()));
    }
    for (Listed one : listed) {
      one.model()
          .shownIn()
          .forEach(
              (property, config) ->
                  require(
                      violations.contains(config) && config.endsWith("." + property + ".cfg"),
                      one.place()
                          + ": shownIn says that "
                          + config
                          + " shows a violation of "
                          + property
                          + ", and there is no such claim"));
    }
  }

  private static void checkClaims(
      String where, Manifest.Model model, Map<String, ConfigText> texts, Set<String> configs) {
    String rest = null;
    for (Manifest.Claim claim : model.claims()) {
      require(configs.add(claim.config()), where + ": " + claim.config() + " is listed twice");
      require(
          claim.holds() || claim.expect().matches("violates \\w+"),
          where + ": expect should be 'holds' or 'violates Operator' and is " + claim.expect());
      ConfigText config = Objects.requireNonNull(texts.get(claim.config()), "all were read");
      require(
          !config.properties().isEmpty(), where + ": " + claim.config() + " checks no property");
      require(
          claim.holds() || config.properties().equals(List.of(claim.violated())),
          where
              + ": "
              + claim.config()
              + " should check "
              + claim.violated()
              + " and nothing else, and checks "
              + config.properties());
      require(
          rest == null || rest.equals(config.rest()),
          where
              + ": "
              + claim.config()
              + " has other constants or constraints than "
              + model.claims().get(0).config()
              + "; the claims of a model differ in their"
              + " properties only");
      rest = config.rest();
      checkPartings(where + ": " + claim.config(), claim);
      checkDesign(where + ": " + claim.config(), model, config);
    }
  }

  private static void checkPartings(String where, Manifest.Claim claim) {
    require(
        !claim.holds() || claim.partsOn().isEmpty(),
        where + " should hold, so there is no counterexample to part from: partsOn should be []");
    Set<String> designs = new HashSet<>();
    for (Manifest.Parting parting : claim.partings()) {
      require(
          DESIGN.matcher(parting.design()).matches(),
          where
              + ": partsOn has '"
              + parting.design()
              + "', which is no design; one is written V2_SPLIT, +O-15 or -B-04, or several of them"
              + " with spaces between, and after them 'initially' if the defect is in the initial"
              + " memory");
      require(
          designs.add(parting.design()), where + ": partsOn has " + parting.design() + " twice");
    }
  }

  /** The report says what a model is by its entry, and TLC goes by the configuration. */
  private static void checkDesign(String where, Manifest.Model model, ConfigText config) {
    Map<String, Set<String>> said =
        Map.of(
            "Variant", Set.of(model.variant()),
            "Fixes", Set.copyOf(model.fixes()),
            "Defects", Set.copyOf(model.defects()));
    said.forEach(
        (constant, strings) -> {
          Set<String> set = config.strings(constant).orElse(strings);
          require(
              set.equals(strings),
              where
                  + " sets "
                  + constant
                  + " to "
                  + set
                  + ", and the manifest says "
                  + new TreeSet<>(strings));
        });
  }

  /** A configuration that nobody runs would look like a claim that was checked. */
  private void checkNothingForgotten(Set<String> configs) {
    try (Stream<Path> files = Files.walk(models)) {
      files
          .filter(path -> path.toString().endsWith(".cfg"))
          .map(path -> models.relativize(path).toString().replace('\\', '/'))
          .filter(path -> !configs.contains(path))
          .findFirst()
          .ifPresent(
              path -> {
                throw new BadInputException(
                    models.resolve(path)
                        + ": it is on disk but no model claims it; list it in the "
                        + FILE
                        + " beside it, or delete it");
              });
    } catch (IOException e) {
      throw new BadInputException(models + ": cannot be listed", e);
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new BadInputException(message);
    }
  }
}
