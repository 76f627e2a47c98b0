package io.ringfence.tlc;

import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a model lets TLC explore every state. Some operators of the standard modules do not: TLC
 * then says that it found no error, with an empty queue, and there is nothing in its messages that
 * tells.
 */
final class EveryState {
  /** Operators that mean something else each time, of which TLC sees one. */
  private static final Pattern RANDOM =
      Pattern.compile(
          "(?<!\\w)(?:RandomElement|RandomSubset|RandomSetOfSubsets|TestRandomSetOfSubsets|JavaTime)"
              + "(?!\\w)");

  /**
   * Whatever sets something else than a numbered register: {@code TLCSet("exit", TRUE)} stops TLC.
   */
  private static final Pattern STOP =
      Pattern.compile("(?<!\\w)TLCSet(?!\\w)(?!\\s*\\(\\s*\\d+\\s*,)");

  private EveryState() {}

  /**
   * Look through the modules that TLC read, and the configuration.
   *
   * @param ownDirectory where TLC unpacks the standard modules; what lies there is not looked at
   * @return the first thing that keeps TLC from exploring every state
   * @throws ProtocolException if TLC did not say which modules it read, or one of them cannot be
   *     read
   */
  static Optional<Failed> refusal(
      TlcJob job, ConfigFile config, Transcript transcript, Path ownDirectory)
      throws ProtocolException {
    Optional<Failed> found = search(config.file(), config.text());
    boolean rootRead = false;
    try {
      Path own = ownDirectory.toRealPath();
      for (String file : transcript.parserReport().files()) {
        Path module = Path.of(file).toAbsolutePath().normalize();
        // TLC has removed what it had unpacked, but not the directory.
        if (!own.equals(module.resolveSibling("").toRealPath())) {
          String text = new String(Files.readAllBytes(module), StandardCharsets.UTF_8);
          found = found.or(() -> search(module, ModuleCode.of(text)));
        }
        rootRead |= Files.exists(module) && Files.isSameFile(module, job.rootModule());
      }
    } catch (IOException | InvalidPathException e) {
      throw new ProtocolException("TLC read a module that cannot be read: " + e.getMessage());
    }
    if (!rootRead) {
      throw new ProtocolException("TLC did not say that it read " + job.rootModule());
    }
    return found;
  }

  private static Optional<Failed> search(Path file, String code) {
    Matcher random = RANDOM.matcher(code);
    if (random.find()) {
      return Optional.of(
          failed(
              file,
              code,
              random,
              random.group()
                  + " is something else each time, and TLC takes what comes, so that it does not"
                  + " explore every state. Quantify over a set, and make it smaller if need be."));
    }
    Matcher stop = STOP.matcher(code);
    if (stop.find()) {
      return Optional.of(
          failed(
              file,
              code,
              stop,
              "TLCSet of anything but a number can stop TLC before it has explored every state, as"
                  + " TLCSet(\"exit\", TRUE) does. Remove it, and bound the model by a constraint."));
    }
    return Optional.empty();
  }

  private static Failed failed(Path file, String code, Matcher at, String message) {
    int line = 1 + (int) code.substring(0, at.start()).chars().filter(c -> c == '\n').count();
    return new Failed(FailureKind.UNSOUND, message, Optional.of(new SourceLocation(file, line)));
  }
}
