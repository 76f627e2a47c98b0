package io.ringfence.tlc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a configuration of TLC, read to find the property that TLC does not name and the
 * line that TLC does not tell. TLC alone decides what the configuration means.
 */
final class ConfigFile {
  private static final Set<String> KEYWORDS =
      Set.of(
          "CONSTANT",
          "CONSTANTS",
          "CONSTRAINT",
          "CONSTRAINTS",
          "ACTION_CONSTRAINT",
          "ACTION_CONSTRAINTS",
          "INVARIANT",
          "INVARIANTS",
          "INIT",
          "NEXT",
          "VIEW",
          "SYMMETRY",
          "SPECIFICATION",
          "PROPERTY",
          "PROPERTIES",
          "CHECK_DEADLOCK",
          // Of releases after the one that this program comes with.
          "ALIAS",
          "POSTCONDITION");

  private static final Set<String> PROPERTY_KEYWORDS =
      Set.of("INVARIANT", "INVARIANTS", "PROPERTY", "PROPERTIES");

  private static final Pattern COMMENT =
      Pattern.compile("\\\\\\*[^\\n]*|\\(\\*.*?\\*\\)", Pattern.DOTALL);
  private static final Pattern TOKEN = Pattern.compile("[^\\s,{}=]+");

  private final Path file;
  private final String text;
  private final Set<String> invariants = new LinkedHashSet<>();
  private final Set<String> properties = new LinkedHashSet<>();
  private final Set<String> constraints = new LinkedHashSet<>();
  private boolean constrainsSteps;
  private boolean reduced;

  private ConfigFile(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static ConfigFile read(Path file) throws IOException {
    String raw = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    // Comments become spaces, so that offsets still tell lines.
    String text =
        COMMENT.matcher(raw).replaceAll(comment -> comment.group().replaceAll("[^\\n]", " "));
    return of(file, text);
  }

  private static ConfigFile of(Path file, String text) {
    ConfigFile config = new ConfigFile(file, text);
    config.collect();
    return config;
  }

  private void collect() {
    String keyword = "";
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      String token = tokens.group();
      if (KEYWORDS.contains(token)) {
        keyword = token;
      } else {
        switch (keyword) {
          case "INVARIANT", "INVARIANTS" -> invariants.add(token);
          case "PROPERTY", "PROPERTIES" -> properties.add(token);
          case "SYMMETRY", "VIEW" -> reduced = true;
          case "CONSTRAINT", "CONSTRAINTS" -> constraints.add(token);
          case "ACTION_CONSTRAINT", "ACTION_CONSTRAINTS" -> constrainsSteps = true;
          default -> {
            // Other names say nothing about verdicts.
          }
        }
      }
    }
  }

  /** Return the configuration without comments. */
  String text() {
    return text;
  }

  /**
   * Return this configuration with those of its invariants and properties alone. What is left stays
   * on its line.
   */
  ConfigFile only(Set<String> kept) {
    StringBuilder rest = new StringBuilder(text);
    String keyword = "";
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      String token = tokens.group();
      if (KEYWORDS.contains(token)) {
        keyword = token;
      } else if (PROPERTY_KEYWORDS.contains(keyword) && !kept.contains(token)) {
        rest.replace(tokens.start(), tokens.end(), " ".repeat(token.length()));
      }
    }
    return of(file, rest.toString());
  }

  /**
   * Return this configuration with its constraints on states as its only properties. TLC checks
   * invariants in the states that a constraint cuts too, so they hold if it cuts none.
   */
  ConfigFile cutsNothing() {
    return of(
        file, only(Set.of()).text + "\nINVARIANTS\n  " + String.join("\n  ", constraints) + "\n");
  }

  /** Return the constraints on states. */
  Set<String> constraints() {
    return constraints;
  }

  /** Say whether there is a constraint on steps. */
  boolean constrainsSteps() {
    return constrainsSteps;
  }

  /** Say whether TLC does not go on from some states, or does not take some steps. */
  boolean isConstrained() {
    return constrainsSteps || !constraints.isEmpty();
  }

  /** Say whether the name is an invariant or a property of this configuration. */
  boolean claims(String name) {
    return invariants.contains(name) || properties.contains(name);
  }

  /** Return the invariants and the properties, each once, in this order. */
  Set<String> claims() {
    Set<String> claims = new LinkedHashSet<>(invariants);
    claims.addAll(properties);
    return claims;
  }

  /** Return the properties, which can be of steps or of behaviors. */
  List<String> properties() {
    return new ArrayList<>(properties);
  }

  /** Say whether TLC explores fewer states than there are: {@code SYMMETRY} or {@code VIEW}. */
  boolean reduced() {
    return reduced;
  }

  Path file() {
    return file;
  }

  /** Return the line of the first use of a name, from 1, or 0 if there is none. */
  int lineOf(String name) {
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      if (tokens.group().equals(name)) {
        return 1 + (int) text.substring(0, tokens.start()).chars().filter(c -> c == '\n').count();
      }
    }
    return 0;
  }
}
