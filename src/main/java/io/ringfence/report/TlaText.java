package io.ringfence.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TLA+ text, line by line, cut into pieces that get a color each. */
public final class TlaText {
  private static final Set<String> KEYWORDS =
      Set.of(
          "ASSUME",
          "ASSUMPTION",
          "AXIOM",
          "BOOLEAN",
          "CASE",
          "CHOOSE",
          "CONSTANT",
          "CONSTANTS",
          "DOMAIN",
          "ELSE",
          "ENABLED",
          "EXCEPT",
          "EXTENDS",
          "FALSE",
          "IF",
          "IN",
          "INSTANCE",
          "LAMBDA",
          "LET",
          "LOCAL",
          "MODULE",
          "OTHER",
          "RECURSIVE",
          "STRING",
          "SUBSET",
          "THEN",
          "THEOREM",
          "TRUE",
          "UNCHANGED",
          "UNION",
          "VARIABLE",
          "VARIABLES",
          "WITH");

  private static final Pattern PIECE =
      Pattern.compile(
          "(?<comment>\\\\\\*.*)"
              + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\")"
              + "|(?<word>\\w+)"
              + "|\\\\[A-Za-z]+|.");
  private static final Pattern BRACKET = Pattern.compile("\\(\\*|\\*\\)");
  private static final Pattern DEFINITION =
      Pattern.compile("(?:LOCAL )?(\\w+)(?:\\([^)]*\\)|\\[[^\\]]*\\])? ==.*");

  /** What a piece is. */
  public enum Kind {
    /** Anything else. */
    PLAIN,
    /** A comment, or a part of one. */
    COMMENT,
    /** A string, with its quotes. */
    STRING,
    /** A number. */
    NUMBER,
    /** A reserved word. */
    KEYWORD,
    /** The operator that the line begins to define. */
    DEFINED
  }

  /** A piece of a line. */
  public record Piece(Kind kind, String text) {}

  /**
   * A line.
   *
   * @param defines the operator that it begins to define; empty if there is none
   */
  public record Line(List<Piece> pieces, String defines) {}

  private int depth;

  private TlaText() {}

  /** Cuts a text into lines and pieces. The pieces of a line make up the line. */
  public static List<Line> lines(String text) {
    TlaText scanner = new TlaText();
    return text.lines().map(scanner::line).toList();
  }

  private Line line(String text) {
    Matcher definition = DEFINITION.matcher(text);
    boolean isDefinition = depth == 0 && definition.matches();
    String defines = isDefinition ? definition.group(1) : "";
    int definedAt = isDefinition ? definition.start(1) : -1;
    List<Piece> pieces = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (depth > 0 || text.startsWith("(*", at)) {
        at = comment(text, at, pieces);
      } else {
        piece.region(at, text.length()).lookingAt();
        add(pieces, kind(piece, defines, definedAt), piece.group());
        at = piece.end();
      }
    }
    return new Line(pieces, defines);
  }

  /** Comments in brackets nest, and go on over lines. */
  private int comment(String text, int from, List<Piece> pieces) {
    Matcher bracket = BRACKET.matcher(text);
    int end = from;
    do {
      if (bracket.find(end)) {
        depth += bracket.group().equals("(*") ? 1 : -1;
        end = bracket.end();
      } else {
        end = text.length();
      }
    } while (depth > 0 && end < text.length());
    add(pieces, Kind.COMMENT, text.substring(from, end));
    return end;
  }

  private static Kind kind(Matcher piece, String defines, int definedAt) {
    if (piece.group("comment") != null) {
      return Kind.COMMENT;
    }
    if (piece.group("string") != null) {
      return Kind.STRING;
    }
    String word = piece.group("word");
    if (word == null) {
      return Kind.PLAIN;
    }
    if (KEYWORDS.contains(word)) {
      return Kind.KEYWORD;
    }
    return word.equals(defines) && piece.start() == definedAt
        ? Kind.DEFINED
        : word.chars().allMatch(Character::isDigit) ? Kind.NUMBER : Kind.PLAIN;
  }

  private static void add(List<Piece> pieces, Kind kind, String text) {
    int last = pieces.size() - 1;
    if (last >= 0 && pieces.get(last).kind() == kind) {
      pieces.set(last, new Piece(kind, pieces.get(last).text() + text));
    } else {
      pieces.add(new Piece(kind, text));
    }
  }
}
