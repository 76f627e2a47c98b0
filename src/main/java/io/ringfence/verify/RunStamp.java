package io.ringfence.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Tells whether the reports in a folder are those that a run would write: a hash of all that they
 * depend on, with the names, sizes and checksums of all files that were written, and how the run
 * ended.
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

  /**
   * Returns how the run ended that the reports are of, if it depended on the very same and nothing
   * of them is missing.
   *
   * @throws IOException if the reports cannot be read
   */
  public Optional<RunSummary> onReports() throws IOException {
    Path stamp = reports.resolve(FILE);
    if (!Files.isRegularFile(stamp)) {
      return Optional.empty();
    }
    String text = Files.readString(stamp);
    String summary = text.substring(text.indexOf('\n') + 1);
    return text.equals(text(summary))
        ? Optional.of(RunJson.parse(summary, RunSummary.class))
        : Optional.empty();
  }

  /** Takes away the stamp of reports that are about to be written again. */
  public static void remove(Project project) throws IOException {
    Files.deleteIfExists(project.reports().resolve(FILE));
  }

  /**
   * Stamps the reports, once all of them are written.
   *
   * @throws IOException if they cannot be read, or the stamp not be written
   */
  public void put(RunSummary summary) throws IOException {
    Files.writeString(reports.resolve(FILE), text(RunJson.text(summary)));
  }

  private String text(String summary) throws IOException {
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
      digest.add(reports.relativize(file).toString(), checksum(file));
    }
    digest.add(FILE, summary);
    return key + " " + digest.hex() + "\n" + summary;
  }

  /**
   * Reports are edited by mistake, not by an enemy: a checksum will do, and of 100 MB it takes a
   * tenth of a second, where SHA-256 takes two.
   */
  private static String checksum(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    return content.length + " " + checksum.getValue();
  }
}
