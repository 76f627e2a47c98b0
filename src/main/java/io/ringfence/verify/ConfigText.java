package io.ringfence.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TLC configuration, read for its properties only: TLC itself judges whether it is right.
 *
 * @param properties the operators after INVARIANT and PROPERTY, in order
 * @param rest everything else without comments: constants, specification, constraints
 */
public record ConfigText(List<String> properties, String rest) {
  private static final Set<String> PROPERTY_SECTIONS =
      Set.of("INVARIANT", "INVARIANTS", "PROPERTY", "PROPERTIES");
  private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");
  private static final Set<String> OTHER_SECTIONS =
      Set.of(
          "SPECIFICATION",
          "CONSTANT",
          "CONSTANTS",
          "CONSTRAINT",
          "CONSTRAINTS",
          "ACTION_CONSTRAINT",
          "ACTION_CONSTRAINTS",
          "INIT",
          "NEXT",
          "VIEW",
          "SYMMETRY",
          "CHECK_DEADLOCK");

  /**
   * Reads a configuration.
   *
   * @throws BadInputException if the file cannot be read
   */
  public static ConfigText read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read; is it where the manifest says?", e);
    }
    List<String> properties = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    boolean inProperties = false;
    for (String word : withoutComments(text).trim().split("\\s+", -1)) {
      if (PROPERTY_SECTIONS.contains(word)) {
        inProperties = true;
      } else if (OTHER_SECTIONS.contains(word)) {
        inProperties = false;
        rest.append(word).append(' ');
      } else if (inProperties) {
        properties.add(word);
      } else {
        rest.append(word).append(' ');
      }
    }
    return new ConfigText(List.copyOf(properties), rest.toString().trim());
  }

  /**
   * The strings that a constant is set to: those in a set, or the one that it is.
   *
   * @return empty if the configuration does not set it so
   */
  public Optional<Set<String>> strings(String constant) {
    Matcher set =
        Pattern.compile("\\b" + Pattern.quote(constant) + " ?= ?(\"[^\"]*\"|\\{[^}]*\\})")
            .matcher(rest);
    if (!set.find()) {
      return Optional.empty();
    }
    Set<String> strings = new TreeSet<>();
    for (Matcher string = STRING.matcher(set.group(1)); string.find(); ) {
      strings.add(string.group(1));
    }
    return Optional.of(strings);
  }

  private static String withoutComments(String text) {
    StringBuilder kept = new StringBuilder();
    text.replaceAll("(?s)\\(\\*.*?\\*\\)", " ")
        .lines()
        .forEach(line -> kept.append(line.replaceAll("\\\\\\*.*", "")).append('\n'));
    return kept.toString();
  }
}
