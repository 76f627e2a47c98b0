package io.ringfence.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A SHA-256 hash of named parts, each with its length, so that no two lists of parts look alike.
 */
final class Digest {
  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Digest add(String name, byte[] content) {
    byte[] label = name.getBytes(StandardCharsets.UTF_8);
    sha256.update((label.length + " " + content.length + " ").getBytes(StandardCharsets.UTF_8));
    sha256.update(label);
    sha256.update(content);
    return this;
  }

  Digest add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a file, or every file below a folder by its name there; what is missing counts as such.
   */
  Digest addTree(String name, Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return add(name, Files.readAllBytes(path));
    }
    if (!Files.isDirectory(path)) {
      return add(name, "missing");
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      add(name + "/" + path.relativize(file), Files.readAllBytes(file));
    }
    return this;
  }

  /** Ends it; this object is of no use after that. */
  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
