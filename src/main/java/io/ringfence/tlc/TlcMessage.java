package io.ringfence.tlc;

import java.util.List;

/**
 * One message of TLC's {@code -tool} output.
 *
 * @param code the message code, see {@link MessageCode}
 * @param severity what TLC calls the message class
 * @param text the lines between the start and the end line, without those of nested messages
 * @param nested the messages inside this one; TLC prints, for example, the error in a configuration
 *     file inside a general error
 */
record TlcMessage(int code, Severity severity, String text, List<TlcMessage> nested) {
  /** The classes of messages. */
  enum Severity {
    INFO,
    ERROR,
    BUG,
    WARNING,
    STATE
  }

  boolean isError() {
    return severity == Severity.ERROR || severity == Severity.BUG;
  }

  /** Say whether TLC tells here that it checks temporal properties. */
  boolean announcesTemporal() {
    return code == MessageCode.TEMPORAL_BRANCHES || code == MessageCode.CHECKING_TEMPORAL;
  }

  /** Return the text with that of all nested messages. */
  String fullText() {
    StringBuilder all = new StringBuilder(text);
    for (TlcMessage inner : nested) {
      all.append('\n').append(inner.fullText());
    }
    return all.toString();
  }
}
