package io.ringfence.tlc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the file of a module where TLC finds it. */
final class ModuleFiles {
  private ModuleFiles() {}

  /** Return the file of a module in the root module's directory or in a library directory. */
  static Optional<Path> find(TlcJob job, String module) {
    Path root = job.rootModule().toAbsolutePath();
    return Stream.concat(Stream.of(root.resolveSibling(".")), job.libraryDirs().stream())
        .map(dir -> dir.resolve(module + ".tla").normalize())
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
