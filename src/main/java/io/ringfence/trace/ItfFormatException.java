package io.ringfence.trace;

import java.io.IOException;

/**
 * A file that is not a trace in ITF. The message has the file, line and column, the place in the
 * trace, what was expected there, and what to do.
 */
public final class ItfFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  ItfFormatException(String message) {
    super(printable(message));
  }

  /** Escape what could disturb or disguise a terminal: names in a message come from the file. */
  private static String printable(String message) {
    StringBuilder out = new StringBuilder();
    message
        .codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(String.format("\\u%04x", c));
              }
            });
    return out.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
