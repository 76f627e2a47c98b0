package io.ringfence.verify;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a user names. */
public final class InputFile {
  private InputFile() {}

  /**
   * Requires that there is a file, and no folder, pipe or device.
   *
   * @param whence where such a file comes from, for who has none
   * @throws BadInputException if there is none
   */
  public static void require(Path file, String whence) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          file + ": " + kind(file) + (Files.exists(file) ? "" : "; " + whence));
    }
  }

  /** What there is instead of a file, in words. */
  public static String kind(Path path) {
    if (!Files.exists(path)) {
      return "no such file";
    }
    return Files.isDirectory(path)
        ? "this is a folder; name a file"
        : "this is a pipe or a device; save what comes from it, and name that file";
  }
}
