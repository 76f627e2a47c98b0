package io.ringfence.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells whether the reports in a folder are those that a run would write: a hash of all that they
 * depend on, with the names and sizes of all files that were written.
 *
 * @param reports the folder
 * @param key the hash
 */
public record RunStamp(Path reports, String key) {
  private static final String FILE = ".stamp";

  /**
   * Hashes what a run depends on.
   *
   * @param models the keys of its models by name, see {@link CachedVerifier#keys}
   * @param complete whether they are all models of the scope
   */
  public static RunStamp of(
      Project project,
      Manifest manifest,
      Map<String, String> models,
      List<String> command,
      boolean complete) {
    Digest digest =
        new Digest()
            .add("command", String.join("\n", command))
            .add("complete", String.valueOf(complete))
            .add("catalogue", RunJson.text(manifest.catalogue()))
            .add("sources", RunJson.text(Sources.read(project)));
    models.forEach(digest::add);
    return new RunStamp(project.reports(), digest.hex());
  }

  /** Whether the reports are of a run that depended on the very same, and nothing is missing. */
  public boolean isOnReports() throws IOException {
    Path stamp = reports.resolve(FILE);
    return Files.isRegularFile(stamp) && Files.readString(stamp).equals(text());
  }

  /** Takes away the stamp of reports that are about to be written again. */
  public static void remove(Project project) throws IOException {
    Files.deleteIfExists(project.reports().resolve(FILE));
  }

  /** Stamps the reports, once all of them are written. */
  public void put() throws IOException {
    Files.writeString(reports.resolve(FILE), text());
  }

  private String text() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(reports)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.equals(reports.resolve(FILE)))
              .sorted()
              .toList();
    }
    Digest digest = new Digest();
    for (Path file : files) {
      digest.add(reports.relativize(file).toString(), String.valueOf(Files.size(file)));
    }
    return key + " " + digest.hex() + "\n";
  }
}
