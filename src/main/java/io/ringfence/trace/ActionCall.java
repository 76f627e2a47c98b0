package io.ringfence.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A named action of a specification with its arguments: what leads to a state.
 *
 * @param name the name of the operator, for example {@code G3_Append}
 * @param arguments the parameters in the order of the specification, with their values
 */
public record ActionCall(String name, Map<String, Value> arguments) {
  /** Copy the arguments, keeping their order. */
  public ActionCall {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /** Return the call as it reads in the specification, strings without quotes. */
  @Override
  public String toString() {
    return arguments.isEmpty()
        ? name
        : arguments.values().stream()
            .map(value -> value instanceof StringValue text ? text.value() : value.toString())
            .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
