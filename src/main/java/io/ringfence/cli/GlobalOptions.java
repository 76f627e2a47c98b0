package io.ringfence.cli;

import io.ringfence.tlc.TlcTools;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ManifestReader;
import io.ringfence.verify.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every subcommand. */
final class GlobalOptions {
  /** How many first letters make a name similar to another one. */
  private static final int CLOSE = 4;

  /** The launcher knows whether standard output is a terminal; the JVM does not tell. */
  private static final boolean INTERACTIVE = Boolean.getBoolean("ringfence.terminal");

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The checkout to work on; default: the one that this program belongs to.")
  private @Nullable Path directory;

  @Option(
      names = "--tla2tools",
      paramLabel = "FILE",
      description = "Another release of the TLA+ tools than the one that comes with Ringfence.")
  private @Nullable Path tla2tools;

  @Option(names = "--no-color", description = "No colors, also on a terminal.")
  private boolean noColor;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress; only the result.")
  private boolean quiet;

  boolean quiet() {
    return quiet;
  }

  /** Colors and a line that updates itself are for people at a terminal. */
  boolean terminal() {
    return INTERACTIVE && !noColor && System.getenv("NO_COLOR") == null;
  }

  Project project() {
    if (directory != null) {
      return Project.at(directory);
    }
    String home = System.getProperty("ringfence.home");
    return Project.at(Path.of(home == null ? "" : home));
  }

  TlcTools tools() {
    try {
      return tla2tools == null ? TlcTools.onClassPath() : TlcTools.of(tla2tools);
    } catch (IOException e) {
      throw new BadInputException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  Manifest manifest() {
    return ManifestReader.read(project().models());
  }

  /** The models of these names; without names, those of the scope {@code ci}. */
  List<Manifest.Model> models(Manifest manifest, List<String> names) {
    if (names.isEmpty()) {
      return manifest.models().stream().filter(model -> model.scope().equals("ci")).toList();
    }
    List<Manifest.Model> models = new ArrayList<>();
    for (String name : names) {
      models.add(
          manifest.models().stream()
              .filter(model -> model.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(manifest, name)));
    }
    return models;
  }

  private static BadInputException unknown(Manifest manifest, String name) {
    String hint =
        manifest.models().stream()
            .map(Manifest.Model::name)
            .filter(
                candidate ->
                    Strings.CI.contains(candidate, name)
                        || candidate.regionMatches(true, 0, name, 0, CLOSE))
            .findFirst()
            .map(candidate -> "; did you mean '" + candidate + "'?")
            .orElse("; './ringfence list' shows the models");
    return new BadInputException("no model '" + name + "'" + hint);
  }
}
