package io.ringfence.tlc.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A fresh directory among those for temporary files, removed with all that is in it when closed, or
 * else when the JVM ends, also by Ctrl-C.
 */
public final class OwnDirectory implements AutoCloseable {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  /** How often to try while a TLC that was just stopped may still write. */
  private static final int TRIES = 20;

  private static final int PAUSE_MILLIS = 100;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(OwnDirectory::removeOpen, "own-directories"));
  }

  private final Path path;

  private OwnDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes a directory.
   *
   * @param prefix how its name begins
   * @throws IOException if it cannot be made
   */
  public static OwnDirectory create(String prefix) throws IOException {
    Path path = Files.createTempDirectory(prefix).toRealPath();
    OPEN.add(path);
    return new OwnDirectory(path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    remove(path);
    OPEN.remove(path);
  }

  private static void remove(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      // A directory comes before its content, so the reverse order empties it first.
      for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void removeOpen() {
    for (int i = 0; i < TRIES && !OPEN.isEmpty(); i++) {
      OPEN.removeIf(OwnDirectory::isRemoved);
      try {
        Thread.sleep(OPEN.isEmpty() ? 0 : PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static boolean isRemoved(Path path) {
    try {
      remove(path);
      return true;
    } catch (IOException e) {
      // Somebody still writes there.
      return false;
    }
  }
}
