package io.ringfence.tlc;

import java.util.List;

/** The signs, common to all judgments, that TLC came to its own end. */
final class CompleteRun {
  private final List<TlcMessage> messages;

  CompleteRun(List<TlcMessage> messages) {
    this.messages = messages;
  }

  /** Require all messages of a breadth-first search that went through to the end. */
  void requireClosing() throws ProtocolException {
    requireOnce(MessageCode.VERSION, "version");
    requireOnce(MessageCode.MODE_BREADTH_FIRST, "breadth-first mode");
    requireOnce(MessageCode.SUCCESS, "success");
    requireOnce(MessageCode.TOTALS, "totals");
    requireFinished();
  }

  /** Require that TLC finished, and said nothing after it. */
  void requireFinished() throws ProtocolException {
    requireOnce(MessageCode.FINISHED, "finished");
    if (messages.get(messages.size() - 1).code() != MessageCode.FINISHED) {
      throw new ProtocolException("TLC went on after its finished message");
    }
  }

  /** Require that the counts can all be true. */
  static void requireConsistent(TlcStatistics statistics) throws ProtocolException {
    long distinct = statistics.distinct().orElse(0);
    if (statistics.initial().orElse(0) > distinct || distinct > statistics.generated().orElse(0)) {
      throw new ProtocolException("TLC's counts contradict each other: " + statistics);
    }
  }

  private void requireOnce(int code, String name) throws ProtocolException {
    long seen = messages.stream().filter(message -> message.code() == code).count();
    if (seen != 1) {
      throw new ProtocolException(
          "TLC printed its " + name + " message (" + code + ") " + seen + " times instead of once");
    }
  }
}
