package io.ringfence.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The texts that a run goes by, so that its report can quote them.
 *
 * @param modules the modules of the specs, by name
 * @param findings what was found, as Markdown, by id
 */
public record Sources(Map<String, String> modules, Map<String, String> findings) {

  /** Reads the texts of a project; one without findings has none. */
  static Sources read(Project project) {
    return new Sources(
        texts(project.specs(), ".tla"), texts(project.root().resolve("docs/findings"), ".md"));
  }

  private static Map<String, String> texts(Path folder, String extension) {
    Map<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(extension)).toList();
      for (Path file : found) {
        String name = file.getFileName().toString();
        texts.put(name.substring(0, name.length() - extension.length()), Files.readString(file));
      }
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be read", e);
    }
    return texts;
  }
}
