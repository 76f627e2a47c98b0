package io.ringfence.tlc;

import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcOutcome.ViolationKind;
import io.ringfence.tlc.eval.PropertyShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run with guarded copies. Such a run ends like a success, whatever it found, so its
 * messages have to be all of the few that are expected, and in their order.
 */
final class BatchReader {
  private static final Pattern INVARIANT = Pattern.compile("Invariant (.+) is violated\\.");
  private static final Pattern INVARIANT_INITIALLY =
      Pattern.compile("Invariant (\\S+) is violated by the initial state:\\n(.+)", Pattern.DOTALL);
  private static final Pattern ACTION_PROPERTY =
      Pattern.compile("Action property (.+) is violated\\.");

  /** How TLC prints a pair of strings. */
  private static final Pattern PAIR = Pattern.compile("<<\"([^\"]*)\", \"([^\"]*)\">>");

  private final GuardedModule guarded;
  private final Map<TlcBatch.Violation, TlcBatch.Violation> together = new LinkedHashMap<>();
  private boolean repeated;

  BatchReader(GuardedModule guarded) {
    this.guarded = guarded;
  }

  /** Takes what the guarded copies print: a violation, and the one that is reported for it. */
  void printed(String line) {
    Matcher pair = PAIR.matcher(line);
    if (!pair.matches()) {
      return;
    }
    Optional<TlcBatch.Violation> violation = guarded.guardedBy(pair.group(1));
    Optional<TlcBatch.Violation> reported = guarded.guardedBy(pair.group(2));
    if (violation.isPresent() && reported.isPresent()) {
      repeated |= together.put(violation.get(), reported.get()) != null;
    }
  }

  /** Say whether nothing can be judged after this message, so that the run may as well end. */
  boolean isFatal(TlcMessage message) {
    return message.announcesTemporal()
        || (message.isError()
            && message.code() != MessageCode.BEHAVIOR_UP_TO_HERE
            && guardedBy(message) == null);
  }

  /**
   * Return what was found.
   *
   * @throws ProtocolException if the run is not complete, or if it is not as expected in any detail
   */
  Map<TlcBatch.Violation, Violated> judge(Transcript transcript, int exitCode)
      throws ProtocolException {
    if (transcript.problem() != null) {
      throw transcript.problem();
    }
    if (exitCode != 0) {
      throw new ProtocolException("TLC went through and ended with exit code " + exitCode);
    }
    List<TlcMessage> messages = transcript.messages();
    new CompleteRun(messages).requireClosing();
    TlcStatistics statistics = transcript.statistics();
    CompleteRun.requireConsistent(statistics);
    if (statistics.initial().orElse(0) == 0 || statistics.leftOnQueue().orElse(1) != 0) {
      throw new ProtocolException("TLC did not explore the model: " + statistics);
    }
    return violations(messages);
  }

  private Map<TlcBatch.Violation, Violated> violations(List<TlcMessage> messages)
      throws ProtocolException {
    Map<TlcBatch.Violation, List<TlcMessage>> reports = new LinkedHashMap<>();
    List<TlcMessage> current = null;
    for (TlcMessage message : messages) {
      if (isFatal(message)) {
        throw new ProtocolException("TLC reported: " + message.fullText());
      }
      TlcBatch.Violation violation = guardedBy(message);
      if (violation != null) {
        current = new ArrayList<>();
        if (reports.put(violation, current) != null) {
          throw new ProtocolException("TLC reported " + violation.property() + " twice");
        }
        if (message.code() == MessageCode.INVARIANT_VIOLATED_INITIALLY) {
          // The state is in the message, and no trace follows.
          current.add(message);
          current = null;
        }
      } else if (message.code() == MessageCode.BEHAVIOR_UP_TO_HERE
          || message.severity() == TlcMessage.Severity.STATE) {
        if (current == null) {
          throw new ProtocolException("TLC printed a trace of no violation");
        }
        current.add(message);
      } else {
        // The trace is one piece.
        current = null;
      }
    }
    shareReports(reports);
    Map<TlcBatch.Violation, Violated> found = new LinkedHashMap<>();
    for (Map.Entry<TlcBatch.Violation, List<TlcMessage>> report : reports.entrySet()) {
      found.put(report.getKey(), violated(report.getKey(), report.getValue()));
    }
    return found;
  }

  /** What is violated for the first time at the end of another one's trace has that trace. */
  private void shareReports(Map<TlcBatch.Violation, List<TlcMessage>> reports)
      throws ProtocolException {
    Map<TlcBatch.Violation, List<TlcMessage>> shared = new LinkedHashMap<>();
    for (Map.Entry<TlcBatch.Violation, TlcBatch.Violation> pair : together.entrySet()) {
      List<TlcMessage> report = reports.get(pair.getValue());
      if (report == null
          || reports.containsKey(pair.getKey())
          || pair.getKey().shape() != pair.getValue().shape()
          || repeated) {
        throw new ProtocolException(
            "TLC told of "
                + pair.getKey().property()
                + " where "
                + pair.getValue().property()
                + " is violated, and reported something else");
      }
      shared.put(pair.getKey(), report);
    }
    reports.putAll(shared);
  }

  private static Violated violated(TlcBatch.Violation violation, List<TlcMessage> report)
      throws ProtocolException {
    boolean initially =
        !report.isEmpty() && report.get(0).code() == MessageCode.INVARIANT_VIOLATED_INITIALLY;
    TraceReader trace = TraceReader.read(initially ? List.of() : report);
    List<TlcState> states = initially ? initial(report.get(0)) : trace.states();
    if (states.isEmpty() || trace.loop().isPresent()) {
      throw new ProtocolException("TLC printed no trace that violates " + violation.property());
    }
    boolean step = violation.shape() == PropertyShape.STEP;
    return new Violated(
        step ? ViolationKind.ACTION_PROPERTY : ViolationKind.INVARIANT,
        Optional.of(violation.property()),
        states,
        OptionalInt.empty(),
        (step ? "Action property " : "Invariant ")
            + violation.property()
            + (initially ? " is violated by the initial state:" : " is violated."));
  }

  private static List<TlcState> initial(TlcMessage message) throws ProtocolException {
    Matcher state = INVARIANT_INITIALLY.matcher(message.text());
    return state.matches() ? List.of(TraceReader.stateValues(state.group(2))) : List.of();
  }

  private TlcBatch.@Nullable Violation guardedBy(TlcMessage message) {
    PropertyShape shape;
    Matcher named;
    switch (message.code()) {
      case MessageCode.INVARIANT_VIOLATED -> {
        shape = PropertyShape.STATE;
        named = INVARIANT.matcher(message.text());
      }
      case MessageCode.INVARIANT_VIOLATED_INITIALLY -> {
        shape = PropertyShape.STATE;
        named = INVARIANT_INITIALLY.matcher(message.text());
      }
      case MessageCode.ACTION_PROPERTY_VIOLATED -> {
        shape = PropertyShape.STEP;
        named = ACTION_PROPERTY.matcher(message.text());
      }
      default -> {
        return null;
      }
    }
    return named.matches() && message.isError()
        ? guarded
            .guardedBy(named.group(1))
            .filter(violation -> violation.shape() == shape)
            .orElse(null)
        : null;
  }
}
