package io.ringfence.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for the pages that tests make: they stay, so that a person can look at them. */
final class TestFolder {
  private TestFolder() {}

  /** Makes a folder of this JVM, as tests run in several. */
  static Path of(String name) throws IOException {
    String jvm = System.getProperty("ringfence.test.jvm", "1");
    return Files.createDirectories(Path.of("target", "test-pages-" + jvm, name).toAbsolutePath());
  }
}
