package io.ringfence.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes of what is checked or built. Editors and other tools keep files of their own
 * beside those, which are no change.
 */
final class SourceWatch implements AutoCloseable {
  /** An editor writes a file in several steps, and a checkout many files. */
  private static final long SETTLE_MILLIS = 300;

  /** How the names of specs, models and parts of the program end. */
  private static final List<String> ENDINGS =
      List.of(".tla", ".cfg", ".json", ".java", ".jte", ".css", ".js", ".c", ".txt", ".md", ".xml");

  private final WatchService service;

  /** The folders in which each source counts. */
  private final Set<Path> folders = new HashSet<>();

  /** Files that count alone of their folder: as they were given, by their absolute path. */
  private final Map<Path, Path> files = new HashMap<>();

  /**
   * Begins to watch; changes from here on count.
   *
   * @param sources files, and folders with all folders in them; one that does not exist is left out
   * @throws IOException if the system cannot watch one
   */
  SourceWatch(List<Path> sources) throws IOException {
    service = FileSystems.getDefault().newWatchService();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        enter(source, new TreeSet<>());
      } else if (Files.exists(source)) {
        Path file = source.toAbsolutePath();
        Path folder = file.getParent();
        if (folder != null) {
          files.put(file, source);
          register(folder);
        }
      }
    }
  }

  private void register(Path folder) throws IOException {
    folder.register(
        service,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  /** Watches a folder and all folders in it, and adds the sources that are there already. */
  private void enter(Path top, Set<Path> found) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            try {
              register(folder);
            } catch (NoSuchFileException e) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folders.add(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isSource(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  /** Waits until something changed and nothing has for a moment, and returns what it was. */
  Set<Path> await() throws IOException, InterruptedException {
    Set<Path> changed = new TreeSet<>();
    while (changed.isEmpty()) {
      collect(service.take(), changed);
      for (WatchKey key = next(); key != null; key = next()) {
        collect(key, changed);
      }
    }
    return changed;
  }

  private @Nullable WatchKey next() throws InterruptedException {
    return service.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void collect(WatchKey key, Set<Path> changed) throws IOException {
    Path folder = (Path) key.watchable();
    for (WatchEvent<?> event : key.pollEvents()) {
      boolean lost = event.kind() == StandardWatchEventKinds.OVERFLOW;
      if (!folders.contains(folder)) {
        Path file = lost ? null : files.get(folder.resolve((Path) event.context()));
        changed.addAll(lost ? files.values() : file == null ? Set.of() : Set.of(file));
      } else if (lost) {
        changed.add(folder);
        enter(folder, changed);
      } else {
        collect(folder.resolve((Path) event.context()), event.kind(), changed);
      }
    }
    key.reset();
  }

  private void collect(Path file, WatchEvent.Kind<?> kind, Set<Path> changed) throws IOException {
    if (Files.isDirectory(file)) {
      if (kind == StandardWatchEventKinds.ENTRY_CREATE) {
        // Twice: a file may have been made after its folder was listed and before it was watched.
        enter(file, changed);
        enter(file, changed);
      }
    } else if (folders.remove(file) || isSource(file)) {
      // Of a folder that was moved away nobody tells which files were in it.
      changed.add(file);
    }
  }

  /** By its name, so that it can be told of a file that is gone, too. */
  static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith);
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
