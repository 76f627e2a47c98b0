package io.ringfence.tlc;

import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.FailureKind;
import io.ringfence.tlc.TlcOutcome.Incomplete;
import io.ringfence.tlc.TlcOutcome.IncompleteReason;
import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcOutcome.ViolationKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges a run that ended by itself, from the exit code and the messages.
 *
 * <p>What is not understood is a failure, never a success: each judgment asks for every sign that
 * must be there and for the absence of every sign that must not.
 */
final class OutcomeReader {
  /** The exit code of a JVM with {@code -XX:+ExitOnOutOfMemoryError}; TLC itself never uses it. */
  private static final int EXIT_OUT_OF_MEMORY = 3;

  private static final int EXIT_ASSUMPTION = 10;
  private static final int EXIT_DEADLOCK = 11;
  private static final int EXIT_SAFETY = 12;
  private static final int EXIT_LIVENESS_OR_ACTION = 13;
  private static final int EXIT_ASSERT = 14;
  private static final int EXIT_EVALUATION_FIRST = 75;
  private static final int EXIT_EVALUATION_LAST = 77;
  private static final int EXIT_PARSE = 150;
  private static final int EXIT_CONFIG = 151;
  private static final int EXIT_TOO_LARGE = 152;

  /** Exit codes from here on mean that a signal ended the process. */
  private static final int EXIT_SIGNAL_FIRST = 129;

  private static final int EXIT_SIGNAL_LAST = 143;

  private static final String STOP_AFTER = "-Dtlc2.TLC.stopAfter";

  /** Keywords that this TLC takes for one more name in the list before them. */
  private static final Set<String> LATER_KEYWORDS = Set.of("ALIAS", "POSTCONDITION");

  private static final Pattern INVARIANT = Pattern.compile("Invariant (.+) is violated\\.");
  private static final Pattern INVARIANT_INITIALLY =
      Pattern.compile(
          "Invariant ([^\\n]+) is violated by the initial state:\\n(.+)", Pattern.DOTALL);
  private static final Pattern PROPERTY_INITIALLY =
      Pattern.compile(
          "Property ([^\\n]+) is violated by the initial state:\\n(.+)", Pattern.DOTALL);
  private static final Pattern ACTION_PROPERTY =
      Pattern.compile("Action property (.+) is violated\\.");
  private static final Pattern LOCATION =
      Pattern.compile("line (\\d+), col \\d+ to line \\d+, col \\d+ of module \\S+");
  static final Pattern NOT_DEFINED =
      Pattern.compile(".* (\\S+) specified in the configuration file\\b.*", Pattern.DOTALL);
  static final Pattern CONFIG_LINE =
      Pattern.compile(".*configuration file at line (\\d{1,9})\\b.*", Pattern.DOTALL);
  private static final Pattern POSITION =
      Pattern.compile("\\d+\\. Line (\\d{1,9}), column \\d+ to line \\d+, column \\d+ in (\\S+)");

  private final TlcJob job;
  private final ConfigFile config;
  private final Transcript transcript;
  private final int exitCode;
  private final String standardError;
  private final List<TlcMessage> messages;

  OutcomeReader(
      TlcJob job, ConfigFile config, Transcript transcript, int exitCode, String standardError) {
    this.job = job;
    this.config = config;
    this.transcript = transcript;
    this.exitCode = exitCode;
    this.standardError = standardError;
    this.messages = transcript.messages();
  }

  TlcOutcome judge() {
    if (exitCode == EXIT_OUT_OF_MEMORY) {
      return outOfMemory();
    }
    ProtocolException problem = transcript.problem();
    if (problem != null) {
      return protocol(problem.getMessage());
    }
    if (exitCode >= EXIT_SIGNAL_FIRST && exitCode <= EXIT_SIGNAL_LAST) {
      return crash("TLC was ended by signal " + (exitCode - EXIT_SIGNAL_FIRST + 1));
    }
    Optional<TlcMessage> error = messages.stream().filter(TlcMessage::isError).findFirst();
    try {
      return error.isPresent() ? judgeError(error.get()) : judgeWithoutError();
    } catch (ProtocolException e) {
      return protocol(e.getMessage());
    }
  }

  private TlcOutcome judgeWithoutError() throws ProtocolException {
    if (exitCode != 0) {
      return crash("TLC ended with exit code " + exitCode + " and reported no error");
    }
    CompleteRun run = new CompleteRun(messages);
    run.requireClosing();
    if (messages.stream().anyMatch(m -> m.severity() == TlcMessage.Severity.STATE)) {
      return protocol("TLC reported success and printed a trace");
    }
    TlcStatistics statistics = transcript.statistics();
    long initial = statistics.initial().orElse(0);
    long distinct = statistics.distinct().orElse(0);
    if (initial == 0 || distinct == 0) {
      return failed(
          FailureKind.NO_STATES,
          "no initial state satisfies Init and the constraints, so nothing was checked."
              + " Correct Init, the constants or the constraints.",
          Optional.of(new SourceLocation(job.rootModule(), 0)));
    }
    long queue = statistics.leftOnQueue().orElse(Long.MAX_VALUE);
    if (queue > 0) {
      return new Incomplete(
          IncompleteReason.LEFT_ON_QUEUE,
          "TLC reported success with "
              + queue
              + (queue == 1 ? " state" : " states")
              + " left on its queue."
              + " Remove what stops it early: "
              + stops()
              + ".");
    }
    CompleteRun.requireConsistent(statistics);
    return new Success();
  }

  /** TLC does not say why it stopped. */
  private String stops() {
    boolean option = job.jvmArgs().stream().anyMatch(arg -> arg.startsWith(STOP_AFTER));
    return option ? STOP_AFTER : "TLCSet(\"exit\", ...) in the specification";
  }

  private TlcOutcome judgeError(TlcMessage error) throws ProtocolException {
    return switch (error.code()) {
      case MessageCode.INVARIANT_VIOLATED -> {
        String name = match(INVARIANT, error).group(1);
        yield violated(ViolationKind.INVARIANT, EXIT_SAFETY, propertyNamed(name), error);
      }
      case MessageCode.ACTION_PROPERTY_VIOLATED -> {
        String name = match(ACTION_PROPERTY, error).group(1);
        yield violated(
            ViolationKind.ACTION_PROPERTY, EXIT_LIVENESS_OR_ACTION, propertyNamed(name), error);
      }
      case MessageCode.TEMPORAL_PROPERTY_VIOLATED ->
          violated(ViolationKind.TEMPORAL, EXIT_LIVENESS_OR_ACTION, onlyProperty(), error);
      case MessageCode.DEADLOCK ->
          violated(ViolationKind.DEADLOCK, EXIT_DEADLOCK, Optional.empty(), error);
      case MessageCode.INVARIANT_VIOLATED_INITIALLY ->
          violatedInitially(ViolationKind.INVARIANT, EXIT_SAFETY, INVARIANT_INITIALLY, error);
      case MessageCode.PROPERTY_VIOLATED_INITIALLY ->
          violatedInitially(
              ViolationKind.ACTION_PROPERTY, EXIT_LIVENESS_OR_ACTION, PROPERTY_INITIALLY, error);
      case MessageCode.ASSERT_FAILED -> assertFailed(error);
      case MessageCode.ASSUMPTION_FALSE, MessageCode.ASSUMPTION_EVALUATION -> assumption(error);
      case MessageCode.OUT_OF_MEMORY,
          MessageCode.OUT_OF_MEMORY_TOO_MANY_INITIAL,
          MessageCode.OUT_OF_MEMORY_LIVENESS ->
          outOfMemory();
      case MessageCode.PARSING_FAILED -> transcript.parserReport().failure(job);
      default -> otherError(error);
    };
  }

  private TlcOutcome violated(
      ViolationKind kind, int expectedExit, Optional<String> property, TlcMessage error)
      throws ProtocolException {
    requireViolation(expectedExit);
    TraceReader trace = TraceReader.read(messages);
    if (trace.states().isEmpty()) {
      return protocol("TLC reported a violation without a trace: " + error.text());
    }
    if (trace.loop().isPresent() != (kind == ViolationKind.TEMPORAL)) {
      return protocol("TLC's trace has the wrong ending for: " + error.text());
    }
    return new Violated(kind, property, trace.states(), trace.loop(), error.fullText().strip());
  }

  private TlcOutcome violatedInitially(
      ViolationKind kind, int expectedExit, Pattern shape, TlcMessage error)
      throws ProtocolException {
    requireViolation(expectedExit);
    Matcher matcher = match(shape, error);
    return new Violated(
        kind,
        propertyNamed(matcher.group(1)),
        List.of(TraceReader.stateValues(matcher.group(2))),
        OptionalInt.empty(),
        error.text().lines().findFirst().orElse(""));
  }

  private TlcOutcome assertFailed(TlcMessage error) throws ProtocolException {
    TraceReader trace = TraceReader.read(messages);
    if (exitCode != EXIT_ASSERT || trace.states().isEmpty()) {
      // An Assert in Init or in an assumption has no behavior that leads to it.
      return evaluation(error);
    }
    return violated(ViolationKind.ASSERT, EXIT_ASSERT, Optional.empty(), error);
  }

  private TlcOutcome assumption(TlcMessage error) {
    Matcher place = LOCATION.matcher(error.text());
    int line = place.find() ? Integer.parseInt(place.group(1)) : 0;
    return exitCode == EXIT_ASSUMPTION
        ? failed(
            FailureKind.ASSUMPTION,
            error.fullText().strip() + " Correct the constants or the ASSUME.",
            Optional.of(new SourceLocation(moduleOf(place, line), line)))
        : protocol("TLC reported a false assumption and ended with exit code " + exitCode);
  }

  private Path moduleOf(Matcher place, int line) {
    if (line == 0) {
      return job.rootModule();
    }
    String text = place.group();
    return moduleFile(text.substring(text.lastIndexOf(' ') + 1));
  }

  private Path moduleFile(String module) {
    return ModuleFiles.find(job, module).orElse(job.rootModule());
  }

  private TlcOutcome otherError(TlcMessage error) {
    Optional<TlcMessage> configError = findConfigFileError(error);
    if (configError.isPresent() || exitCode == EXIT_CONFIG) {
      return configError(configError.orElse(error));
    }
    if (exitCode == EXIT_PARSE) {
      return transcript.parserReport().failure(job);
    }
    if (exitCode == EXIT_TOO_LARGE
        || error.code() == MessageCode.TOO_MANY_POSSIBLE_STATES
        || error.code() == MessageCode.TRACE_TOO_LONG) {
      return failed(
          FailureKind.STATE_SPACE_TOO_LARGE,
          error.fullText().strip() + " Choose smaller constants.",
          Optional.empty());
    }
    if (exitCode >= EXIT_EVALUATION_FIRST && exitCode <= EXIT_EVALUATION_LAST) {
      return evaluation(error);
    }
    return crash("TLC ended with exit code " + exitCode + ": " + error.fullText().strip());
  }

  private static Optional<TlcMessage> findConfigFileError(TlcMessage message) {
    if (message.code() >= MessageCode.CONFIG_FILE_FIRST
        && message.code() <= MessageCode.CONFIG_FILE_LAST) {
      return Optional.of(message);
    }
    return message.nested().stream()
        .map(OutcomeReader::findConfigFileError)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private TlcOutcome configError(TlcMessage error) {
    String text = error.fullText().strip();
    Matcher numbered = CONFIG_LINE.matcher(text);
    Matcher named = NOT_DEFINED.matcher(text);
    int line = 0;
    String advice = " Correct the configuration or the specification.";
    if (numbered.matches()) {
      line = Integer.parseInt(numbered.group(1));
      advice =
          " Correct the configuration; an older TLC does not know keywords of later releases, such"
              + " as ALIAS or POSTCONDITION.";
    } else if (error.code() == MessageCode.CONFIG_NOT_DEFINED && named.matches()) {
      String name = named.group(1);
      line = config.lineOf(name);
      advice =
          LATER_KEYWORDS.contains(name)
              ? " "
                  + name
                  + " is a keyword of later releases, which this TLC does not know. Remove"
                  + " it and what it names from the configuration."
              : " Define it, or correct its name in the configuration.";
    }
    return failed(
        FailureKind.CONFIG, text + advice, Optional.of(new SourceLocation(config.file(), line)));
  }

  private TlcOutcome evaluation(TlcMessage error) {
    String text = error.fullText().strip();
    // The name of an exception's class is a parameter of the message, not prose.
    boolean overflow =
        error.code() == MessageCode.STACK_OVERFLOW || text.contains("StackOverflowError");
    String shown = text.lines().limit(20).reduce((a, b) -> a + "\n" + b).orElse("");
    return failed(
        overflow ? FailureKind.STACK_OVERFLOW : FailureKind.EVALUATION,
        shown
            + (overflow
                ? "\nCorrect the recursion, or give TLC a larger stack with -Xss."
                : "\nCorrect the expression."),
        evaluationPlace());
  }

  private Optional<SourceLocation> evaluationPlace() {
    // The last position is the innermost expression.
    return messages.stream()
        .filter(message -> message.code() == MessageCode.NESTED_EXPRESSION)
        .flatMap(message -> message.text().lines())
        .map(POSITION::matcher)
        .filter(Matcher::matches)
        .reduce((outer, inner) -> inner)
        .map(
            position ->
                new SourceLocation(
                    moduleFile(position.group(2)), Integer.parseInt(position.group(1))));
  }

  private void requireViolation(int expectedExit) throws ProtocolException {
    if (exitCode != expectedExit) {
      throw new ProtocolException(
          "TLC reported a violation and ended with exit code "
              + exitCode
              + ", not "
              + expectedExit);
    }
    if (messages.stream().anyMatch(message -> message.code() == MessageCode.SUCCESS)) {
      throw new ProtocolException("TLC reported both a violation and success");
    }
    long followUps =
        messages.stream()
            .filter(TlcMessage::isError)
            .filter(
                message ->
                    message.code() != MessageCode.BEHAVIOR_UP_TO_HERE
                        && message.code() != MessageCode.COUNTEREXAMPLE
                        && message.code() != MessageCode.NESTED_EXPRESSION)
            .count();
    if (followUps != 1) {
      throw new ProtocolException(
          "TLC reported " + followUps + " errors where it stops at the first");
    }
    new CompleteRun(messages).requireFinished();
  }

  /** Resolve what TLC calls a property: its name, or the place of a part of it. */
  private Optional<String> propertyNamed(String name) throws ProtocolException {
    if (LOCATION.matcher(name).matches()) {
      return onlyProperty();
    }
    if (!config.claims(name)) {
      throw new ProtocolException(
          "TLC reported a violation of " + name + ", which " + config.file() + " does not list");
    }
    return Optional.of(name);
  }

  private Optional<String> onlyProperty() {
    List<String> properties = config.properties();
    return properties.size() == 1 ? Optional.of(properties.get(0)) : Optional.empty();
  }

  private static Matcher match(Pattern pattern, TlcMessage message) throws ProtocolException {
    Matcher matcher = pattern.matcher(message.text());
    if (!matcher.matches()) {
      throw new ProtocolException(
          "Message " + message.code() + " of TLC has an unknown shape: " + message.text());
    }
    return matcher;
  }

  private Failed outOfMemory() {
    return failed(
        FailureKind.OUT_OF_MEMORY,
        "TLC ran out of its heap of "
            + job.heapMiB()
            + " MiB. Give it a larger heap, or the model smaller constants.",
        Optional.empty());
  }

  private Failed crash(String what) {
    String said = standardError.isBlank() ? "" : " It printed: " + standardError.strip();
    return failed(FailureKind.CRASH, what + "." + said, Optional.empty());
  }

  static Failed protocol(String what) {
    return failed(
        FailureKind.PROTOCOL,
        what + ". This is no result; run TLC by hand to see what it does.",
        Optional.empty());
  }

  private static Failed failed(
      FailureKind kind, String message, Optional<SourceLocation> location) {
    return new Failed(kind, message, location);
  }
}
