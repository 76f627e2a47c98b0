package io.ringfence.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A checkout with its {@code spec}, {@code models} and {@code reports}.
 *
 * @param root the top folder
 */
public record Project(Path root) {

  /**
   * Finds a project.
   *
   * @throws BadInputException if the folder is none
   */
  public static Project at(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    if (!Files.isRegularFile(absolute.resolve("models").resolve("manifest.json"))) {
      throw new BadInputException(
          absolute + ": no models/manifest.json there; give the checkout with --project DIR");
    }
    return new Project(absolute);
  }

  /** The folder of the manifest, the modules to check and their configurations. */
  public Path models() {
    return root.resolve("models");
  }

  /** The folder of the specifications. */
  public Path specs() {
    return root.resolve("spec");
  }

  /** Where results are written. */
  public Path reports() {
    return root.resolve("reports");
  }

  List<Path> libraries() {
    return List.of(specs());
  }
}
