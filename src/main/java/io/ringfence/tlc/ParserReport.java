package io.ringfence.tlc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the parser of the TLA+ tools printed: the only part of TLC's output that has no codes. It is
 * read for the place of an error after the code has told that there is one.
 */
final class ParserReport {
  private static final Pattern PARSING = Pattern.compile("Parsing file (.+)");
  private static final Pattern SYNTAX =
      Pattern.compile("(?:Encountered .*|Lexical error) at line (\\d+), column (\\d+).*");
  private static final Pattern SEMANTIC =
      Pattern.compile("line (\\d+), col \\d+ to line \\d+, col \\d+ of module (\\S+)");
  private static final Pattern MISSING_MODULE =
      Pattern.compile("Cannot find source file for module (\\S+?)(?: imported in module (.+))?\\.");

  /** Lines that say what the other lines say too. */
  private static final Pattern NOISE =
      Pattern.compile(
          "|Parsing file .*|Semantic processing of module .*|\\*\\*\\*Parse Error\\*\\*\\*"
              + "|Residual stack trace follows:.*|.* starting at line \\d+, column \\d+\\.?"
              + "|Fatal errors while parsing.*|tla2sany.*Exception|\\*\\*\\* .*: \\d+"
              + "|Starting\\.\\.\\. .*|Unknown location|In module .*|Could not parse module .*|Semantic errors:");

  private static final int MAX_LINES = 10_000;
  private static final int SHOWN_LINES = 12;

  private final List<String> lines = new ArrayList<>();
  private final Set<String> files = new LinkedHashSet<>();

  void add(String line) {
    Matcher parsing = PARSING.matcher(line);
    if (parsing.matches() && files.size() <= MAX_LINES) {
      files.add(parsing.group(1));
    }
    if (lines.size() < MAX_LINES) {
      lines.add(line);
    }
  }

  /**
   * Return the files of the modules that TLC read.
   *
   * @throws ProtocolException if there are more than any specification has
   */
  Set<String> files() throws ProtocolException {
    if (files.size() > MAX_LINES) {
      throw new ProtocolException("TLC read more modules than any specification has");
    }
    return files;
  }

  /** Return the failure, described with the place of the first error. */
  TlcOutcome.Failed failure(TlcJob job) {
    SourceLocation place = place(job.rootModule());
    return new TlcOutcome.Failed(
        TlcOutcome.FailureKind.PARSE,
        "the specification cannot be parsed: " + text() + "\nCorrect the module and run again.",
        Optional.of(new SourceLocation(ModuleFiles.asGiven(job, place.file()), place.line())));
  }

  /** Return the place of the first error. */
  SourceLocation place(Path rootModule) {
    Map<String, Path> files = new LinkedHashMap<>();
    Path last = rootModule;
    for (String line : lines) {
      Matcher parsing = PARSING.matcher(line);
      Matcher syntax = SYNTAX.matcher(line);
      Matcher semantic = SEMANTIC.matcher(line);
      Matcher missing = MISSING_MODULE.matcher(line);
      if (parsing.matches()) {
        last = Path.of(parsing.group(1));
        files.put(last.getFileName().toString(), last);
      } else if (syntax.matches()) {
        return new SourceLocation(last, Integer.parseInt(syntax.group(1)));
      } else if (semantic.matches()) {
        Path file = files.getOrDefault(semantic.group(2) + ".tla", rootModule);
        return new SourceLocation(file, Integer.parseInt(semantic.group(1)));
      } else if (missing.matches() && missing.group(2) != null) {
        return new SourceLocation(importer(files, missing.group(2), rootModule), 0);
      }
    }
    return new SourceLocation(rootModule, 0);
  }

  /** Return the first error in one line; empty if the parser named none. */
  Optional<String> firstError() {
    List<String> syntax =
        lines.stream()
            .map(String::strip)
            .filter(line -> line.startsWith("Was expecting") || SYNTAX.matcher(line).matches())
            .limit(2)
            .toList();
    if (!syntax.isEmpty()) {
      return Optional.of(String.join(". ", syntax));
    }
    // The one that names the importing module tells more than the list of folders before it.
    return Stream.concat(
            lines.stream().filter(line -> MISSING_MODULE.matcher(line).matches()),
            said().filter(line -> !SEMANTIC.matcher(line).matches()))
        .findFirst();
  }

  private static Path importer(Map<String, Path> files, String module, Path rootModule) {
    return files.getOrDefault(module + ".tla", rootModule);
  }

  private Stream<String> said() {
    return lines.stream().filter(line -> !NOISE.matcher(line).matches());
  }

  private String text() {
    List<String> said = said().toList();
    return said.isEmpty()
        ? "the parser gave no reason"
        : String.join("\n", said.subList(0, Math.min(SHOWN_LINES, said.size()))).strip();
  }
}
