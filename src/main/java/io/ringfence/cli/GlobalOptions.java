package io.ringfence.cli;

import io.ringfence.tlc.TlcTools;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Coverage;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ManifestReader;
import io.ringfence.verify.Project;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every subcommand. */
final class GlobalOptions {
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
      description = "No progress and no hints; only results and errors.")
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
    return home();
  }

  /** The checkout that this program belongs to. */
  static Project home() {
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
    Project project = project();
    Manifest manifest = ManifestReader.read(project.models());
    Coverage.require(project, manifest);
    return manifest;
  }
}
