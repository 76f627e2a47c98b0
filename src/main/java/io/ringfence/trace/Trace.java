package io.ringfence.trace;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A behavior, or a prefix of one: at least one state, each with a value for every variable.
 *
 * @param meta what is known of the trace
 * @param variables the names of the variables, each once
 * @param states the states; the index of each is its position
 * @param loop the index of the state to which the last one leads back, if the trace is a lasso
 */
public record Trace(
    TraceMeta meta, List<String> variables, List<TraceState> states, OptionalInt loop) {

  /**
   * Check the shape and copy the lists.
   *
   * @throws IllegalArgumentException if there is no state, a variable is named twice or begins with
   *     {@code #} (which ITF reserves), a state lacks a variable or has one too many, an index is
   *     not the position of its state, or the loop leads outside
   */
  public Trace {
    variables = List.copyOf(variables);
    states = List.copyOf(states);
    Set<String> names = new HashSet<>(variables);
    require(names.size() == variables.size(), "a variable is listed twice in " + variables);
    require(
        names.stream().noneMatch(name -> name.startsWith("#")),
        "a variable begins with '#' in " + variables);
    require(!states.isEmpty(), "there is no state");
    for (int i = 0; i < states.size(); i++) {
      TraceState state = states.get(i);
      require(state.index() == i, "state " + i + " says that its index is " + state.index());
      require(
          state.values().keySet().equals(names),
          "state " + i + " has the variables " + state.values().keySet() + ", not " + variables);
    }
    require(
        loop.isEmpty() || loop.getAsInt() >= 0 && loop.getAsInt() < states.size(),
        "the loop leads to state " + loop + " of " + states.size());
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException("Not a trace: " + problem);
    }
  }
}
