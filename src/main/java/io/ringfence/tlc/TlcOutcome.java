package io.ringfence.tlc;

import io.ringfence.trace.Loop;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The judgment on one run of TLC. */
public sealed interface TlcOutcome {
  /**
   * TLC explored every reachable state and found nothing. Only if all of this holds: exit code 0,
   * the success and the finished message each once, no error, no trace, at least one initial state,
   * no state left on the queue, and no limit reached.
   */
  record Success() implements TlcOutcome {}

  /**
   * A property does not hold.
   *
   * @param kind which sort of property
   * @param property its name; empty for a deadlock or a failed {@code Assert}, and if TLC does not
   *     name it and the configuration lists more than one that it can be
   * @param trace the behavior that breaks it, first state first; never empty
   * @param loop for a temporal property the 0-based index of the state to which the last state
   *     leads back; the index of the last state itself if the behavior ends by stuttering
   * @param message TLC's text, for a person
   */
  record Violated(
      ViolationKind kind,
      Optional<String> property,
      List<TlcState> trace,
      OptionalInt loop,
      String message)
      implements TlcOutcome {
    /** Copy the trace. */
    public Violated {
      trace = List.copyOf(trace);
    }

    /** How the behavior goes on for ever, for a person; empty if it is a prefix. */
    public String ending() {
      return loop.isPresent() ? new Loop(loop.getAsInt(), null).ending(trace.size() - 1) : "";
    }
  }

  /**
   * Nothing was found, but not everything was explored.
   *
   * @param reason what ended the run
   * @param message the same for a person, with what to do
   */
  record Incomplete(IncompleteReason reason, String message) implements TlcOutcome {}

  /**
   * No judgment on the model.
   *
   * @param kind what failed
   * @param message what happened, and what to do
   * @param location where in the model's files, if that is known
   */
  record Failed(FailureKind kind, String message, Optional<SourceLocation> location)
      implements TlcOutcome {
    /** Return the message, preceded by the location if there is one: {@code file:line: text}. */
    public String describe() {
      return location.map(place -> place + ": " + message).orElse(message);
    }
  }

  /** Sorts of properties. */
  enum ViolationKind {
    /** A state predicate. */
    INVARIANT,
    /** A property of single steps, or the initial condition of a property. */
    ACTION_PROPERTY,
    /** A property of whole behaviors. */
    TEMPORAL,
    /** A state without successors. */
    DEADLOCK,
    /** An {@code Assert} of the specification. */
    ASSERT
  }

  /** Why a run did not end. */
  enum IncompleteReason {
    /** The wall-clock limit was reached. */
    TIMEOUT,
    /** TLC stopped with states left on its queue. */
    LEFT_ON_QUEUE
  }

  /** What can fail. */
  enum FailureKind {
    /** A module is missing or is not TLA+. */
    PARSE,
    /** The configuration is missing, wrong, or names what the specification does not define. */
    CONFIG,
    /** An {@code ASSUME} is false. */
    ASSUMPTION,
    /** An expression has no value. */
    EVALUATION,
    /** An expression recurs without end. */
    STACK_OVERFLOW,
    /** The heap was too small. */
    OUT_OF_MEMORY,
    /** TLC's own limits were exceeded. */
    STATE_SPACE_TOO_LARGE,
    /** No initial state, so nothing was checked. */
    NO_STATES,
    /** The check would not be sound with these settings. */
    UNSOUND,
    /** TLC could not be started, or ended abnormally. */
    CRASH,
    /** TLC's output contradicts itself or has an unknown shape. */
    PROTOCOL;

    /** Whether the text of the model has to be corrected before TLC can do anything with it. */
    public boolean isBadInput() {
      return this == PARSE || this == CONFIG;
    }
  }
}
