package io.ringfence.tlc.eval;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One disjunct of the next-state relation: an action with all its arguments fixed.
 *
 * @param index the place in {@link Evaluator#actions()}
 * @param name the operator, for example {@code G3_Append}. Two instances can have the same name and
 *     arguments if the operator's body is a disjunction
 * @param arguments the operator's parameters in the order of its definition, then the constants
 *     that its own body quantifies over
 */
public record ActionInstance(int index, String name, Map<String, Value> arguments) {
  /** Copy the arguments, keeping their order. */
  public ActionInstance {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /** Return the call, as it stands in traces. */
  public ActionCall call() {
    return new ActionCall(name, arguments);
  }

  /** Return the call as it reads in the specification. */
  @Override
  public String toString() {
    return call().toString();
  }
}
