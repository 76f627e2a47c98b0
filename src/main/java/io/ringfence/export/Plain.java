package io.ringfence.export;

import java.util.regex.Pattern;

/** Text of a trace where it becomes source code: a name or a value may say anything. */
final class Plain {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,40}");

  private Plain() {}

  /**
   * A text in one line of printable ASCII, which ends no comment and begins no escape sequence in C
   * or Java; anything else is a question mark.
   */
  static String comment(String text) {
    return text.codePoints()
        .map(c -> c >= ' ' && c <= '~' ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .replace("\\", "\\\\")
        .replace("*/", "* /")
        .replace("/*", "/ *");
  }

  /**
   * A name that becomes part of an identifier.
   *
   * @throws ExportException if it cannot
   */
  static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ExportException(
          "'" + comment(name) + "' should be letters, digits and underscores to be a name in C");
    }
    return name;
  }
}
