package io.ringfence.export;

import java.util.ArrayList;
import java.util.List;

/** Lines of C that are no wider than a source should be. */
final class CLayout {
  /** Where a line ends at the latest. */
  static final int COLUMNS = 100;

  private static final int TAB = 8;

  private CLayout() {}

  /** How wide a line is on a screen. */
  static int width(String line) {
    int width = 0;
    for (int i = 0; i < line.length(); i++) {
      width = line.charAt(i) == '\t' ? (width / TAB + 1) * TAB : width + 1;
    }
    return width;
  }

  /** A line of code, or a comment, as one or more lines. What it means stays the same. */
  static List<String> wrap(String line) {
    if (width(line) <= COLUMNS || line.startsWith("#")) {
      return List.of(line);
    }
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    String text = line.substring(indent.length());
    if (text.startsWith("/*") && text.indexOf("*/") == text.length() - 2) {
      return comment(indent, text.substring(2, text.length() - 2).strip());
    }
    return code(indent, text);
  }

  /** A comment that may need several lines. */
  static List<String> comment(String indent, String text) {
    String line = indent + "/* " + text + " */";
    if (width(line) <= COLUMNS) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>();
    lines.add(indent + "/*");
    words(text, COLUMNS - width(indent) - 3).forEach(part -> lines.add(indent + " * " + part));
    lines.add(indent + " */");
    return lines;
  }

  /** A text in lines of a width, cut within a word where that is wider. */
  static List<String> words(String text, int columns) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > columns) {
      int space = rest.lastIndexOf(' ', columns);
      int end = space > 0 ? space : columns;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static List<String> code(String indent, String text) {
    List<String> lines = new ArrayList<>();
    String start = indent;
    String rest = text;
    while (width(start + rest) > COLUMNS) {
      int end = lastBreak(rest, COLUMNS - width(start));
      if (end < 0) {
        break;
      }
      lines.add(start + rest.substring(0, end));
      rest = rest.substring(end + 1);
      start = indent + "\t\t";
    }
    lines.add(start + rest);
    return lines;
  }

  /** The last blank outside of a string literal before a column, or -1. */
  private static int lastBreak(String text, int columns) {
    boolean inString = false;
    int last = -1;
    for (int i = 0; i < text.length() && i <= columns; i++) {
      char c = text.charAt(i);
      if (c == '\\' && inString) {
        i++;
      } else if (c == '"') {
        inString = !inString;
      } else if (c == ' ' && !inString) {
        last = i;
      }
    }
    return last;
  }
}
