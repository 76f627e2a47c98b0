package io.ringfence.tlc;

import java.nio.file.Path;

/**
 * A place in a file of the model.
 *
 * @param file the file
 * @param line the line, from 1; 0 if only the file is known
 */
public record SourceLocation(Path file, int line) {
  /** Return {@code file:line}, or the file alone. */
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line : file.toString();
  }
}
