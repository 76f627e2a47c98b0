package io.ringfence.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for changes below folders. */
final class SourceWatch implements AutoCloseable {
  /** An editor writes a file in several steps, and a checkout many files. */
  private static final long SETTLE_MILLIS = 300;

  private final WatchService service;

  /**
   * Begins to watch; changes from here on count.
   *
   * @param folders with all folders in them; one that does not exist is left out
   * @throws IOException if the system cannot watch one
   */
  SourceWatch(List<Path> folders) throws IOException {
    service = FileSystems.getDefault().newWatchService();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        register(folder);
      }
    }
  }

  private void register(Path top) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.walk(top)) {
      folders = all.filter(Files::isDirectory).toList();
    }
    for (Path folder : folders) {
      folder.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    }
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
      if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
        changed.add(folder);
        continue;
      }
      Path file = folder.resolve((Path) event.context());
      if (Files.isDirectory(file)) {
        if (event.kind() == StandardWatchEventKinds.ENTRY_CREATE) {
          register(file);
          changed.add(file);
        }
      } else if (isSource(file)) {
        changed.add(file);
      }
    }
    key.reset();
  }

  /** Not what an editor keeps beside a file while it is open. */
  private static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.endsWith("~") && !name.matches("\\d+");
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
