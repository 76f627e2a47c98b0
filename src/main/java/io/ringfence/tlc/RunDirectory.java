package io.ringfence.tlc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A fresh directory for the files of one run, removed with all that is in it when closed. */
final class RunDirectory implements AutoCloseable {
  private final Path path;

  private RunDirectory(Path path) {
    this.path = path;
  }

  static RunDirectory create() throws IOException {
    return new RunDirectory(Files.createTempDirectory("ringfence-tlc-").toRealPath());
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      // A directory comes before its content, so the reverse order empties it first.
      for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
