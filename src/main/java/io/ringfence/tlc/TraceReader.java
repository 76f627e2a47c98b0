package io.ringfence.tlc;

import io.ringfence.trace.ValueParseException;
import io.ringfence.trace.ValueParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the behavior that TLC prints after a violation, state by state. */
final class TraceReader {
  private static final Pattern HEAD =
      Pattern.compile("(\\d{1,9}): <([^\\n]*)>(?:\\n(.*))?", Pattern.DOTALL);
  private static final Pattern ACTION =
      Pattern.compile("(\\S+) (line \\d+, col \\d+ to line \\d+, col \\d+ of module .+)");
  private static final Pattern BACK =
      Pattern.compile("(\\d{1,9}): Back to state.*", Pattern.DOTALL);

  private static final String INITIAL = "Initial predicate";

  /** TLC's name for an action without one. */
  private static final String UNNAMED = "Action";

  private final List<TlcState> states = new ArrayList<>();
  private OptionalInt loop = OptionalInt.empty();

  /**
   * Read all states among the messages.
   *
   * @throws ProtocolException if one has another shape, is out of order, or follows the loop
   */
  static TraceReader read(List<TlcMessage> messages) throws ProtocolException {
    TraceReader reader = new TraceReader();
    for (TlcMessage message : messages) {
      if (message.severity() == TlcMessage.Severity.STATE) {
        reader.accept(message);
      }
    }
    return reader;
  }

  List<TlcState> states() {
    return states;
  }

  OptionalInt loop() {
    return loop;
  }

  private void accept(TlcMessage message) throws ProtocolException {
    if (loop.isPresent()) {
      throw new ProtocolException("TLC printed a state after the loop of a trace");
    }
    switch (message.code()) {
      case MessageCode.TRACE_STATE -> states.add(state(message.text()));
      case MessageCode.STUTTERING -> loop = OptionalInt.of(checkedIndex(states.size()));
      case MessageCode.BACK_TO_STATE -> {
        Matcher back = BACK.matcher(message.text());
        if (!back.matches()) {
          throw new ProtocolException("Unknown shape of a loop in a trace: " + message.text());
        }
        loop = OptionalInt.of(checkedIndex(Integer.parseInt(back.group(1))));
      }
      default ->
          throw new ProtocolException(
              "TLC printed a state with the unknown code " + message.code());
    }
  }

  private int checkedIndex(int number) throws ProtocolException {
    if (number < 1 || number > states.size()) {
      throw new ProtocolException(
          "The loop of a trace leads to state " + number + ", which is none");
    }
    return number - 1;
  }

  private TlcState state(String text) throws ProtocolException {
    Matcher head = HEAD.matcher(text);
    if (!head.matches() || head.group(3) == null) {
      throw new ProtocolException("Unknown shape of a state in a trace: " + text);
    }
    boolean initial = head.group(2).equals(INITIAL);
    if (Integer.parseInt(head.group(1)) != states.size() + 1 || initial != states.isEmpty()) {
      throw new ProtocolException(
          "The states of a trace are out of order at state " + head.group(1));
    }
    Matcher action = ACTION.matcher(head.group(2));
    if (!initial && !action.matches()) {
      throw new ProtocolException("Unknown shape of an action in a trace: " + head.group(2));
    }
    return new TlcState(
        initial ? Optional.empty() : Optional.of(action.group(1)).filter(n -> !n.equals(UNNAMED)),
        initial ? Optional.empty() : Optional.of(action.group(2)),
        stateValues(head.group(3)).values());
  }

  /** Read a state that TLC prints on its own, as for a violation in an initial state. */
  static TlcState stateValues(String text) throws ProtocolException {
    try {
      return new TlcState(Optional.empty(), Optional.empty(), ValueParser.parseState(text));
    } catch (ValueParseException e) {
      throw new ProtocolException(
          "TLC printed a value that cannot be read: " + e.getMessage() + " in " + text);
    }
  }
}
