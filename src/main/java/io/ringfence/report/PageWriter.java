package io.ringfence.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.ringfence.verify.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Writes pages into the folder of reports and removes those of an earlier report. */
final class PageWriter {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Path reports;
  private final Set<Path> written = ConcurrentHashMap.newKeySet();

  PageWriter(Path reports) {
    this.reports = reports;
  }

  /**
   * Writes a page.
   *
   * @param name where it lies, relative to the folder of reports
   * @throws IOException if it cannot be written
   */
  void page(String name, String template, Map<String, Object> values) throws IOException {
    // Bytes at once: a report is some 50 MB, and characters would be copied three times.
    Utf8ByteOutput output = new Utf8ByteOutput();
    engine.render(template, values, output);
    write(name, output::writeTo);
  }

  /**
   * Writes a file that is no page.
   *
   * @throws IOException if it cannot be written
   */
  void text(String name, String text) throws IOException {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void write(String name, WholeFile.Content content) throws IOException {
    Path file = reports.resolve(name);
    WholeFile.write(file, content);
    written.add(file);
  }

  /**
   * Removes the pages in a folder that were not written.
   *
   * @throws IOException if one cannot be removed
   */
  void removeStale(String folder) throws IOException {
    List<Path> stale;
    try (Stream<Path> pages = Files.list(reports.resolve(folder))) {
      stale = pages.filter(page -> isOurs(page) && !written.contains(page)).toList();
    }
    for (Path page : stale) {
      Files.delete(page);
    }
  }

  private static boolean isOurs(Path page) {
    return page.toString().endsWith(".html") || page.toString().endsWith(Pages.SEQUENCE);
  }

  /**
   * Reads a style sheet or script.
   *
   * @throws IOException if it cannot be read
   */
  static String resource(String name) throws IOException {
    try (InputStream stream = PageWriter.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is missing from the program; build it again");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
