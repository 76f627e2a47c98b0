package io.ringfence.verify;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The folders and jars that classes come from. */
final class ClassPath {
  private ClassPath() {}

  /**
   * Reads a class path, with what the manifests of its jars add: build tools start a JVM with one
   * jar that names all others.
   *
   * @throws IOException if a jar cannot be read
   */
  static Set<Path> of(String classPath) throws IOException {
    Deque<Path> open = new ArrayDeque<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      open.add(Path.of(entry).toAbsolutePath().normalize());
    }
    Set<Path> found = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Path entry = open.pop();
      if (found.add(entry) && Files.isRegularFile(entry)) {
        addNamed(entry, open);
      }
    }
    return found;
  }

  private static void addNamed(Path jar, Deque<Path> open) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String names =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      if (names == null) {
        return;
      }
      for (String name : names.trim().split(" +", -1)) {
        URI place = jar.toUri().resolve(name);
        if ("file".equals(place.getScheme())) {
          open.add(Path.of(place).toAbsolutePath().normalize());
        }
      }
    }
  }
}
