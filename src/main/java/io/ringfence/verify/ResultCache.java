package io.ringfence.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of models in earlier runs, each under its key. Only what is as expected is kept: a
 * finding is looked at again, and so is what may end otherwise another time.
 */
final class ResultCache {
  private final Path folder;

  /**
   * What was found out about a model.
   *
   * @param since when, as an ISO instant
   */
  record Entry(String since, RunRecord.ModelRecord model) {}

  ResultCache(Path folder) {
    this.folder = folder;
  }

  /** Returns what is kept under a key; null if there is nothing, or if it is damaged. */
  @Nullable Entry find(String key) {
    try {
      String text = Files.readString(file(key));
      int end = text.indexOf('\n');
      if (end < 0 || !text.substring(0, end).equals(hash(key, text.substring(end + 1)))) {
        return null;
      }
      Entry entry = RunJson.parse(text.substring(end + 1), Entry.class);
      return passes(entry.model()) ? entry : null;
    } catch (IOException e) {
      // Without a usable entry the model is checked, which is always right.
      return null;
    }
  }

  /**
   * Keeps what was found out about a model, if all of it is as expected.
   *
   * @throws IOException if it cannot be written
   */
  void keep(String key, Entry entry) throws IOException {
    if (!passes(entry.model())) {
      return;
    }
    String text = RunJson.compact(entry);
    Files.createDirectories(folder);
    WholeFile.write(file(key), hash(key, text) + "\n" + text);
  }

  /**
   * Removes results that were kept long ago.
   *
   * @throws IOException if the folder cannot be read, or a file not be removed
   */
  void forget(Duration age) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    FileTime limit = FileTime.from(Instant.now().minus(age));
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path file(String key) {
    return folder.resolve(key + ".json");
  }

  /** The key is part of it, so that no file counts under another's name. */
  private static String hash(String key, String text) {
    return new Digest().add(key, text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static boolean passes(RunRecord.ModelRecord model) {
    return model.conformanceVerdict().passes()
        && !model.claims().isEmpty()
        && model.claims().stream().allMatch(claim -> claim.verdict().passes());
  }
}
