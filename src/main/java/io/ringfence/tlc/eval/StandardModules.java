package io.ringfence.tlc.eval;

import io.ringfence.tlc.directory.OwnDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The standard modules of TLA+, unpacked into a directory of our own. TLC itself would unpack them
 * into the directory for temporary files under fixed names, where two models in the making collide.
 */
final class StandardModules implements AutoCloseable {
  private static final String FOLDER = "tla2sany/StandardModules/";

  private final OwnDirectory directory;

  private StandardModules(OwnDirectory directory) {
    this.directory = directory;
  }

  static StandardModules unpack(Path tlcJar) throws IOException {
    StandardModules modules = new StandardModules(OwnDirectory.create("ringfence-modules-"));
    try (JarFile jar = new JarFile(tlcJar.toFile())) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        String file = entry.getName();
        if (file.startsWith(FOLDER) && file.endsWith(".tla")) {
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, modules.directory.path().resolve(Path.of(file).getFileName()));
          }
        }
      }
      return modules;
    } catch (IOException e) {
      modules.close();
      throw e;
    }
  }

  /** Return the given directories followed by the one of the standard modules. */
  List<Path> searchPath(List<Path> libraryDirs) {
    List<Path> path = new ArrayList<>();
    libraryDirs.forEach(dir -> path.add(dir.toAbsolutePath().normalize()));
    path.add(directory.path());
    return path;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
