package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the actions of a trace. */
final class ActionArguments {
  private ActionArguments() {}

  /**
   * The actions of a trace.
   *
   * @throws ExportException if a state does not say which action led to it, or if there are none
   */
  static List<ActionCall> calls(Trace trace) {
    List<TraceState> states = trace.states().subList(1, trace.states().size());
    if (states.isEmpty()) {
      throw new ExportException("the trace has an initial state only, so that there is no call");
    }
    return states.stream().map(ActionArguments::action).toList();
  }

  private static ActionCall action(TraceState state) {
    ActionCall action = state.action();
    if (action == null) {
      throw new ExportException("state " + state.index() + " does not say which action led there");
    }
    return action;
  }

  /** The values of an argument, in the order of the trace. */
  static Set<String> names(Trace trace, String argument) {
    Set<String> names = new LinkedHashSet<>();
    for (ActionCall call : calls(trace)) {
      if (call.arguments().containsKey(argument)) {
        names.add(Plain.name(text(call, argument)));
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
