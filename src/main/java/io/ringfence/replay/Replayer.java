package io.ringfence.replay;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Difference;
import io.ringfence.trace.Loop;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueDiff;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives the firmware along one trace: perform the action, compute the spec's state from the RAM,
 * compare it with the trace's next state.
 */
public final class Replayer {
  private final BoundFirmware firmware;
  private final boolean pictures;
  private final Set<String> unused;
  private InitialDifferences start = InitialDifferences.NONE;

  private Replayer(BoundFirmware firmware, boolean pictures, Set<String> unused) {
    this.firmware = firmware;
    this.pictures = pictures;
    this.unused = unused;
  }

  /**
   * Replays a trace, up to the first step where the firmware leaves it. Of one that loops, the step
   * that leads back is the last: all of the firmware must be as it was there.
   *
   * @param pictures whether to draw memory and threads after each step
   * @throws BindingException if the trace does not fit the bound spec: other variables, an unknown
   *     action, an argument of another kind, a state or a loop without an action
   */
  public static Replay replay(Trace trace, BoundFirmware firmware, boolean pictures) {
    return new Replayer(firmware, pictures, Set.of()).run(trace, false);
  }

  /**
   * Replays a trace on another design than the one it is of. That design starts as it does; where
   * its initial state is not the trace's, the two are not compared afterwards, nor are variables
   * that one of them has no memory for. What remains shows whether the same steps have the same
   * effects.
   *
   * @param own the firmware of the trace's design
   * @throws BindingException if the trace does not fit the bound spec
   */
  public static Replay replayElsewhere(Trace trace, BoundFirmware own, BoundFirmware other) {
    Set<String> unused = new HashSet<>(own.unused());
    unused.addAll(other.unused());
    return new Replayer(other, false, unused).run(trace, true);
  }

  private Replay run(Trace trace, boolean startsElsewhere) {
    List<TraceState> states = trace.states();
    if (states.isEmpty()) {
      throw new BindingException("the trace has no states; there is nothing to replay");
    }
    for (String variable : firmware.variables()) {
      if (!trace.variables().contains(variable)) {
        throw new BindingException(
            "the trace has no variable '"
                + variable
                + "'; it has "
                + trace.variables()
                + ". Is it a trace of another spec?");
      }
    }
    List<Operation> operations = operations(firmware, trace);
    List<Replay.Step> steps = new ArrayList<>();
    if (startsElsewhere && firmware.start(values(states.get(0)))) {
      start = InitialDifferences.between(bound(states.get(0)), state());
    }
    steps.add(start(states.get(0)));
    for (int i = 1; i < states.size() && steps.get(i - 1).agrees(); i++) {
      steps.add(step(states.get(i - 1), states.get(i), operations.get(i - 1)));
    }
    boolean followed = steps.size() == states.size() && steps.get(steps.size() - 1).agrees();
    Loop loop = followed ? trace.loop().orElse(null) : null;
    return new Replay(
        steps, states.size(), loop == null ? null : back(trace, loop, operations), start.lines());
  }

  private Replay.Loop back(Trace trace, Loop loop, List<Operation> operations) {
    List<TraceState> states = trace.states();
    if (trace.stutters()) {
      return new Replay.Loop(loop.start(), null);
    }
    TraceState start = states.get(loop.start());
    TraceState back = new TraceState(states.size(), loop.action(), start.values());
    return new Replay.Loop(
        loop.start(),
        step(states.get(states.size() - 1), back, operations.get(operations.size() - 1)));
  }

  private Replay.Step start(TraceState first) {
    boolean started = firmware.start(values(first));
    List<String> differences =
        started ? differences(first) : List.of("the firmware has no such initial state");
    return new Replay.Step(
        0, null, !started, List.of(), differences, firmware.lastFault(), picture(), threads());
  }

  /**
   * Resolves the actions of a trace, each but the initial state's, and that of the step back if it
   * loops: a trace that does not fit is refused before it is replayed.
   *
   * @throws BindingException if one is missing, or the firmware has no such action
   */
  public static List<Operation> operations(BoundFirmware firmware, Trace trace) {
    List<Operation> operations = new ArrayList<>();
    for (TraceState state : trace.states().subList(1, trace.states().size())) {
      operations.add(
          operation(
              firmware,
              state.action(),
              "state "
                  + state.index()
                  + " of the trace does not say which action led to it;"
                  + " a trace needs #meta.action and #meta.parameters in each state but the"
                  + " first"));
    }
    if (trace.loop().isPresent() && !trace.stutters()) {
      operations.add(
          operation(
              firmware,
              trace.loop().get().action(),
              "the trace leads back to state "
                  + trace.loop().get().start()
                  + " and does not say by which action; it needs #meta.loopAction"));
    }
    return operations;
  }

  private static Operation operation(
      BoundFirmware firmware, @Nullable ActionCall action, String missing) {
    if (action == null) {
      throw new BindingException(missing);
    }
    return firmware.resolve(action.name(), action.arguments());
  }

  private Replay.Step step(TraceState from, TraceState to, Operation operation) {
    boolean refused = operation.perform() == Outcome.REFUSED;
    List<String> differences =
        refused ? List.of("the trace takes the step, the firmware refuses it") : differences(to);
    return new Replay.Step(
        to.index(),
        to.action(),
        refused,
        changes(from, to),
        differences,
        firmware.lastFault(),
        picture(),
        threads());
  }

  private @Nullable MemoryPicture picture() {
    return pictures ? firmware.picture() : null;
  }

  private @Nullable ThreadPicture threads() {
    ThreadPicture threads = pictures ? firmware.threads() : ThreadPicture.NONE;
    return threads.equals(ThreadPicture.NONE) ? null : threads;
  }

  private Value[] values(TraceState state) {
    return firmware.variables().stream()
        .map(
            variable -> {
              Value value = state.values().get(variable);
              if (value == null) {
                throw new BindingException(
                    "state "
                        + state.index()
                        + " of the trace lacks the variable '"
                        + variable
                        + "'");
              }
              return value;
            })
        .toArray(Value[]::new);
  }

  private List<String> changes(TraceState from, TraceState to) {
    List<String> changes = new ArrayList<>();
    for (Map.Entry<String, Value> variable : to.values().entrySet()) {
      Value before = from.values().get(variable.getKey());
      if (before != null && !before.equals(variable.getValue())) {
        ValueDiff.between(
                Map.of(variable.getKey(), before), Map.of(variable.getKey(), variable.getValue()))
            .forEach(change -> changes.add(change.toString()));
      }
    }
    return changes;
  }

  private List<String> differences(TraceState expected) {
    return start.without(ValueDiff.between(bound(expected), state())).stream()
        .map(Difference::toString)
        .toList();
  }

  /** The variables that are compared, as they are in the trace. */
  private Map<String, Value> bound(TraceState state) {
    return named(values(state));
  }

  private Map<String, Value> state() {
    return named(firmware.state());
  }

  private Map<String, Value> named(Value[] values) {
    Map<String, Value> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      String variable = firmware.variables().get(i);
      if (!unused.contains(variable)) {
        named.put(variable, values[i]);
      }
    }
    return named;
  }
}
