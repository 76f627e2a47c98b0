package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the actions of a trace. */
final class ActionArguments {
  private ActionArguments() {}

  /**
   * The steps of a trace.
   *
   * @throws ExportException if a state does not say which action led to it, or if there are none
   */
  static List<TraceState> steps(Trace trace) {
    List<TraceState> steps = trace.states().subList(1, trace.states().size());
    if (steps.isEmpty()) {
      throw new ExportException("the trace has an initial state only, so that there is no call");
    }
    for (TraceState state : steps) {
      if (state.action() == null) {
        throw new ExportException(
            "state " + state.index() + " does not say which action led there");
      }
    }
    return steps;
  }

  /** The action that led to a state. */
  static ActionCall action(TraceState state) {
    return Objects.requireNonNull(state.action(), "steps() has seen it");
  }

  /** The values of an argument, in the order of the trace. */
  static Set<String> names(Trace trace, String argument) {
    Set<String> names = new LinkedHashSet<>();
    for (TraceState state : steps(trace)) {
      if (action(state).arguments().containsKey(argument)) {
        names.add(Plain.name(text(action(state), argument)));
      }
    }
    return names;
  }

  static String text(ActionCall call, String name) {
    if (call.arguments().get(name) instanceof StringValue text) {
      return text.value();
    }
    throw wrong(call, name, call.arguments().get(name));
  }

  /** An integer of 64 bits. */
  static long number(ActionCall call, String name) {
    Value value = call.arguments().get(name);
    if (value instanceof IntValue number && number.value().bitLength() < Long.SIZE) {
      return number.value().longValue();
    }
    throw wrong(call, name, value);
  }

  private static ExportException wrong(ActionCall call, String name, @Nullable Value value) {
    return new ExportException(
        "the argument " + name + " of " + call + " is " + value + ", which is not as in the spec");
  }
}
