package io.ringfence.junit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the files that {@link ModelCheck} names. */
final class ModelFiles {
  private final ClassLoader loader;

  /** Look for resources with a class loader. */
  ModelFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Find a file or a directory, relative to the working directory or else on the class path.
   *
   * @param element the element of the annotation that names it, for the message
   * @throws IOException if there is none, or if it is inside a jar
   */
  Path find(String element, String path) throws IOException {
    Path file = Path.of(path);
    if (Files.exists(file)) {
      return file;
    }
    URL resource = loader.getResource(path);
    if (resource == null) {
      throw new IOException(
          path
              + ": no such file in "
              + Path.of("").toAbsolutePath()
              + ", and no such resource on the class path. Correct "
              + element
              + " of @ModelCheck.");
    }
    if (!resource.getProtocol().equals("file")) {
      throw new IOException(
          resource + ": TLC reads files only. Unpack it, and give the path to " + element + ".");
    }
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(resource + ": not the name of a file", e);
    }
  }
}
