package io.ringfence.tlc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a module is code. All else is spaces: comments, what strings say, and the text around the
 * module; so offsets still tell lines.
 */
final class ModuleCode {
  private static final Pattern HEAD = Pattern.compile("-{4,}[ \\t]*MODULE\\b");
  private static final Pattern END = Pattern.compile("={4,}");

  private final String text;
  private final StringBuilder code;
  private int position;
  private int open;

  private ModuleCode(String text) {
    this.text = text;
    this.code = new StringBuilder(text.length());
  }

  /** Return the code in the text of a file, which is as long as that. */
  static String of(String text) {
    return new ModuleCode(text).read();
  }

  private String read() {
    Matcher head = HEAD.matcher(text);
    blankTo(head.find() ? head.start() : 0);
    while (position < text.length()) {
      if (text.startsWith("\\*", position)) {
        blankTo(endOfLine(position));
      } else if (text.startsWith("(*", position)) {
        blankTo(endOfComment());
      } else if (text.charAt(position) == '"') {
        keep(1);
        blankTo(endOfString());
      } else if (at(HEAD)) {
        open++;
        keep(4);
      } else if (at(END)) {
        open--;
        blankTo(open <= 0 ? text.length() : endOfLine(position));
      } else {
        keep(1);
      }
    }
    return code.toString();
  }

  /** Whether a line of dashes or of equal signs begins here. */
  private boolean at(Pattern line) {
    char sign = text.charAt(position);
    return (sign == '-' || sign == '=')
        && (position == 0 || text.charAt(position - 1) != sign)
        && line.matcher(text).region(position, text.length()).lookingAt();
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private int endOfComment() {
    int depth = 0;
    int i = position;
    while (i < text.length()) {
      if (text.startsWith("(*", i)) {
        depth++;
        i += 2;
      } else if (text.startsWith("*)", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return i;
  }

  /** The place after the closing quote; a string ends with its line at the latest. */
  private int endOfString() {
    int i = position;
    while (i < text.length() && text.charAt(i) != '\n') {
      if (text.charAt(i) == '"') {
        return i + 1;
      }
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, text.length());
  }

  private void keep(int characters) {
    int end = Math.min(position + characters, text.length());
    code.append(text, position, end);
    position = end;
  }

  private void blankTo(int end) {
    for (; position < end; position++) {
      code.append(text.charAt(position) == '\n' ? '\n' : ' ');
    }
  }
}
