package io.ringfence.tlc;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes apart the output of TLC in tool mode: messages between {@code @!@!@STARTMSG
 * code:class @!@!@} and {@code @!@!@ENDMSG code @!@!@}, possibly nested, and other lines between
 * them.
 *
 * <p>A marker counts only at the start of a line, or at the end of a line inside an error. Values
 * that a specification prints cannot forge one: TLC quotes strings. Memory stays bounded whatever
 * the process prints.
 */
final class MessageReader {
  private static final Pattern START = Pattern.compile("@!@!@STARTMSG (\\d{1,6}):(\\d) @!@!@");
  private static final Pattern END = Pattern.compile("@!@!@ENDMSG (\\d{1,6}) @!@!@");
  private static final String MARK = "@!@!@";
  private static final String START_MARK = MARK + "STARTMSG ";

  /** The longest line, in characters; a state of a model that one can read is far below. */
  private static final int MAX_LINE = 1 << 24;

  /** The longest message, in characters. */
  private static final int MAX_MESSAGE = 1 << 26;

  private final Consumer<TlcMessage> onMessage;
  private final Consumer<String> onOtherLine;
  private final Deque<Open> open = new ArrayDeque<>();

  MessageReader(Consumer<TlcMessage> onMessage, Consumer<String> onOtherLine) {
    this.onMessage = onMessage;
    this.onOtherLine = onOtherLine;
  }

  /**
   * Read to the end of the stream, handing on each outermost message once it is complete.
   *
   * @throws ProtocolException if the framing is broken, the output ends inside a message, or a line
   *     or a message is too long
   */
  void readAll(Reader in) throws IOException, ProtocolException {
    StringBuilder line = new StringBuilder();
    char[] chunk = new char[1 << 14];
    int count;
    while ((count = in.read(chunk)) >= 0) {
      for (int i = 0; i < count; i++) {
        char c = chunk[i];
        if (c == '\n') {
          accept(line);
          line.setLength(0);
        } else if (line.length() == MAX_LINE) {
          throw new ProtocolException("TLC printed a line of over " + MAX_LINE + " characters");
        } else if (c != '\r') {
          line.append(c);
        }
      }
    }
    if (line.length() > 0) {
      accept(line);
    }
    if (!open.isEmpty()) {
      throw new ProtocolException(
          "The output of TLC ends inside message " + open.getLast().code + "; it is truncated");
    }
  }

  private void accept(CharSequence chars) throws ProtocolException {
    String line = chars.toString();
    Open current = open.peekLast();
    if (line.startsWith(MARK)) {
      acceptMarker(line);
    } else if (current == null) {
      onOtherLine.accept(line);
    } else {
      int mark = current.severity == TlcMessage.Severity.STATE ? -1 : line.indexOf(START_MARK);
      if (mark >= 0 && START.matcher(line).region(mark, line.length()).matches()) {
        // An exception's message can itself be a message; its start ends the line of the outer one.
        current.append(line.substring(0, mark));
        acceptMarker(line.substring(mark));
      } else {
        current.append(line);
      }
    }
  }

  private void acceptMarker(String line) throws ProtocolException {
    Matcher start = START.matcher(line);
    if (start.matches()) {
      open.addLast(new Open(Integer.parseInt(start.group(1)), severity(start.group(2))));
      return;
    }
    Matcher end = END.matcher(line);
    if (!end.lookingAt()) {
      throw new ProtocolException("TLC printed a broken message marker: " + shorten(line));
    }
    Open last = open.pollLast();
    if (last == null || last.code != Integer.parseInt(end.group(1))) {
      throw new ProtocolException("TLC ended a message that it did not start: " + shorten(line));
    }
    String rest = line.substring(end.end());
    Open outer = open.peekLast();
    if (outer != null) {
      outer.nested.add(last.close());
      outer.append(rest);
    } else if (rest.isEmpty()) {
      onMessage.accept(last.close());
    } else {
      throw new ProtocolException("TLC printed text after the end of a message: " + shorten(line));
    }
  }

  private static TlcMessage.Severity severity(String digit) throws ProtocolException {
    return switch (digit) {
      case "0" -> TlcMessage.Severity.INFO;
      case "1" -> TlcMessage.Severity.ERROR;
      case "2" -> TlcMessage.Severity.BUG;
      case "3" -> TlcMessage.Severity.WARNING;
      case "4" -> TlcMessage.Severity.STATE;
      default -> throw new ProtocolException("TLC printed a message of the unknown class " + digit);
    };
  }

  private static String shorten(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }

  /** A message whose end has not come yet. */
  private static final class Open {
    private final int code;
    private final TlcMessage.Severity severity;
    private final StringBuilder text = new StringBuilder();
    private final List<TlcMessage> nested = new ArrayList<>();

    Open(int code, TlcMessage.Severity severity) {
      this.code = code;
      this.severity = severity;
    }

    void append(String line) throws ProtocolException {
      if (text.length() + line.length() > MAX_MESSAGE) {
        throw new ProtocolException(
            "TLC printed a message of over " + MAX_MESSAGE + " characters, code " + code);
      }
      if (text.length() > 0) {
        text.append('\n');
      }
      text.append(line);
    }

    TlcMessage close() {
      return new TlcMessage(code, severity, text.toString(), List.copyOf(nested));
    }
  }
}
