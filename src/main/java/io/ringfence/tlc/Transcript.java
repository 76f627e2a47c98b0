package io.ringfence.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run of TLC said and that a judgment needs, collected while it runs. Memory
 * stays bounded whatever the process prints.
 */
final class Transcript {
  /** The longest run of messages; the longest trace that TLC itself prints has 65,535 states. */
  private static final int MAX_MESSAGES = 200_000;

  /** The most characters in all messages together. */
  private static final long MAX_CHARACTERS = 1L << 28;

  private final ProgressListener listener;
  private final Consumer<String> printed;
  private final List<TlcMessage> messages = new ArrayList<>();
  private final ParserReport parserReport = new ParserReport();
  private final StatisticsReader statistics = new StatisticsReader();
  private long characters;
  private boolean parsing;
  private @Nullable ProtocolException problem;

  Transcript(ProgressListener listener) {
    this(listener, line -> {});
  }

  /**
   * Starts with nothing.
   *
   * @param printed hears what TLC prints beside its messages, once it has read the modules
   */
  Transcript(ProgressListener listener, Consumer<String> printed) {
    this.listener = listener;
    this.printed = printed;
  }

  void message(TlcMessage message) {
    try {
      statistics.accept(message, listener);
      characters += message.text().length();
      if (messages.size() == MAX_MESSAGES || characters > MAX_CHARACTERS) {
        throw new ProtocolException("TLC printed more messages than any check needs");
      }
    } catch (ProtocolException e) {
      fail(e);
      return;
    }
    switch (message.code()) {
      case MessageCode.PARSER_START -> parsing = true;
      case MessageCode.PARSER_END -> parsing = false;
      case MessageCode.PROGRESS -> {
        // Its counts have been taken, and a long run has many.
        return;
      }
      default -> {
        // Kept for the judgment.
      }
    }
    messages.add(message);
  }

  void otherLine(String line) {
    if (parsing) {
      parserReport.add(line);
    } else {
      printed.accept(line);
    }
  }

  void fail(ProtocolException e) {
    if (problem == null) {
      problem = e;
    }
  }

  List<TlcMessage> messages() {
    return messages;
  }

  ParserReport parserReport() {
    return parserReport;
  }

  TlcStatistics statistics() {
    return statistics.statistics();
  }

  /** Return the first breach of protocol, or null. */
  @Nullable ProtocolException problem() {
    return problem;
  }

  List<String> warnings() {
    return messages.stream()
        .filter(message -> message.severity() == TlcMessage.Severity.WARNING)
        .map(TlcMessage::fullText)
        .toList();
  }

  String version() {
    return messages.stream()
        .filter(message -> message.code() == MessageCode.VERSION)
        .map(message -> message.text().strip())
        .findFirst()
        .orElse("");
  }
}
