package io.ringfence.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text that is part of the program. */
final class TextResource {
  private TextResource() {}

  /** A text that must be there. */
  static String read(String name) {
    String text = find(name);
    if (text.isEmpty()) {
      throw new ExportException(name + " is missing from the program; build it again");
    }
    return text;
  }

  /** A text, empty if it is not there. */
  static String find(String name) {
    try (InputStream stream = TextResource.class.getResourceAsStream(name)) {
      return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
