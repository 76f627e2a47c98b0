package io.ringfence.tlc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the file of a module where TLC finds it, by the path that the job has for its folder. */
final class ModuleFiles {
  private ModuleFiles() {}

  /** Return the file of a module in the root module's directory or in a library directory. */
  static Optional<Path> find(TlcJob job, String module) {
    return candidates(job, module + ".tla").filter(Files::isRegularFile).findFirst();
  }

  /** Return the path of a file that TLC names, which is absolute, in the words of the job. */
  static Path asGiven(TlcJob job, Path file) {
    Path wanted = file.toAbsolutePath().normalize();
    return candidates(job, wanted.getFileName().toString())
        .filter(given -> given.toAbsolutePath().normalize().equals(wanted))
        .findFirst()
        .orElse(file);
  }

  private static Stream<Path> candidates(TlcJob job, String name) {
    return Stream.concat(Stream.of(folder(job)), job.libraryDirs().stream())
        .map(dir -> dir.resolve(name).normalize());
  }

  /** Return the folder of the root module. */
  static Path folder(TlcJob job) {
    Path folder = job.rootModule().getParent();
    return folder == null ? Path.of("") : folder;
  }
}
