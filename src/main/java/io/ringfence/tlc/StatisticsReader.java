package io.ringfence.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what TLC counted, from the texts of the messages that carry counts. */
final class StatisticsReader {
  private static final String NUMBER = "([0-9][0-9,]{0,24})";

  private static final Pattern INITIAL =
      Pattern.compile(".*: " + NUMBER + " distinct states? generated at .*", Pattern.DOTALL);
  private static final Pattern INITIAL_WITH_DUPLICATES =
      Pattern.compile(
          ".*: " + NUMBER + " states? generated, with " + NUMBER + " of them distinct at .*",
          Pattern.DOTALL);
  private static final Pattern TOTALS =
      Pattern.compile(
          NUMBER
              + " states generated, "
              + NUMBER
              + " distinct states found, "
              + NUMBER
              + " states left on queue\\.");
  private static final Pattern PROGRESS =
      Pattern.compile(
          "Progress\\([^)]*\\)(?: at [^,]*)?: "
              + NUMBER
              + " states generated(?: \\([^)]*\\))?, "
              + NUMBER
              + " distinct states found(?: \\([^)]*\\))?, "
              + NUMBER
              + " states left on queue\\.");
  private static final Pattern DEPTH =
      Pattern.compile("The depth of the complete state graph search is " + NUMBER + "\\.");
  private static final Pattern OPTIMISTIC =
      Pattern.compile("(?m)^\\s*calculated \\(optimistic\\):\\s+val = (\\S+)$");
  private static final Pattern ACTUAL =
      Pattern.compile("(?m)^\\s*based on the actual fingerprints:\\s+val = (\\S+)$");

  private static final Pattern ACTION =
      Pattern.compile(
          "<(\\S+) line (\\d{1,9}), col \\d+ to line \\d+, col \\d+ of module (\\S+?)"
              + "(?: \\((\\d{1,9}) \\d+ \\d+ \\d+\\))?>: "
              + NUMBER
              + ":"
              + NUMBER);

  private final List<ActionCount> actions = new ArrayList<>();
  private OptionalLong initial = OptionalLong.empty();
  private OptionalLong generated = OptionalLong.empty();
  private OptionalLong distinct = OptionalLong.empty();
  private OptionalLong queue = OptionalLong.empty();
  private OptionalInt depth = OptionalInt.empty();
  private OptionalDouble optimistic = OptionalDouble.empty();
  private OptionalDouble actual = OptionalDouble.empty();

  /**
   * Take the counts from a message, if it carries any.
   *
   * @throws ProtocolException if it should and does not
   */
  void accept(TlcMessage message, ProgressListener listener) throws ProtocolException {
    switch (message.code()) {
      case MessageCode.INITIAL_STATES ->
          initial = OptionalLong.of(number(match(INITIAL, message), 1));
      case MessageCode.INITIAL_STATES_WITH_DUPLICATES ->
          initial = OptionalLong.of(number(match(INITIAL_WITH_DUPLICATES, message), 2));
      case MessageCode.PROGRESS -> {
        Matcher counts = match(PROGRESS, message);
        listener.progress(number(counts, 1), number(counts, 2), number(counts, 3));
      }
      case MessageCode.TOTALS -> {
        Matcher counts = match(TOTALS, message);
        generated = OptionalLong.of(number(counts, 1));
        distinct = OptionalLong.of(number(counts, 2));
        queue = OptionalLong.of(number(counts, 3));
      }
      case MessageCode.DEPTH -> {
        long levels = number(match(DEPTH, message), 1);
        if (levels > Integer.MAX_VALUE) {
          throw unknownShape(message);
        }
        depth = OptionalInt.of((int) levels);
      }
      case MessageCode.SUCCESS -> {
        optimistic = probability(OPTIMISTIC, message);
        actual = probability(ACTUAL, message);
        if (optimistic.isEmpty()) {
          throw unknownShape(message);
        }
      }
      // TLC prints all of them again and again; the last time is at the end.
      case MessageCode.COVERAGE_START -> actions.clear();
      case MessageCode.COVERAGE_ACTION -> actions.add(action(match(ACTION, message)));
      default -> {
        // No counts.
      }
    }
  }

  TlcStatistics statistics() {
    return new TlcStatistics(
        initial, generated, distinct, queue, depth, optimistic, actual, actions);
  }

  /** A part of an operator has the operator's place, and then its own one. */
  private static ActionCount action(Matcher matcher) throws ProtocolException {
    String line = matcher.group(4) == null ? matcher.group(2) : matcher.group(4);
    return new ActionCount(
        matcher.group(1), matcher.group(3), Integer.parseInt(line), number(matcher, 6));
  }

  private static Matcher match(Pattern pattern, TlcMessage message) throws ProtocolException {
    Matcher matcher = pattern.matcher(message.text());
    if (!matcher.matches()) {
      throw unknownShape(message);
    }
    return matcher;
  }

  private static long number(Matcher matcher, int group) throws ProtocolException {
    try {
      return Long.parseLong(matcher.group(group).replace(",", ""));
    } catch (NumberFormatException e) {
      throw new ProtocolException("TLC printed a count that is too large: " + matcher.group(group));
    }
  }

  private static OptionalDouble probability(Pattern pattern, TlcMessage message)
      throws ProtocolException {
    Matcher matcher = pattern.matcher(message.text());
    if (!matcher.find()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(matcher.group(1)));
    } catch (NumberFormatException e) {
      throw unknownShape(message);
    }
  }

  private static ProtocolException unknownShape(TlcMessage message) {
    return new ProtocolException(
        "Message " + message.code() + " of TLC has an unknown shape: " + message.text());
  }
}
