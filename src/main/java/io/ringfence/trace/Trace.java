package io.ringfence.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A behavior, or a prefix of one: at least one state, each with a value for every variable.
 *
 * @param meta what is known of the trace
 * @param variables the names of the variables, each once
 * @param states the states; the index of each is its position
 * @param loop how it goes on for ever, if it is not a prefix
 */
public record Trace(
    TraceMeta meta, List<String> variables, List<TraceState> states, Optional<Loop> loop) {

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
    if (loop.isPresent()) {
      int start = loop.get().start();
      require(
          start >= 0 && start < states.size(),
          "the loop leads to state " + start + " of " + states.size());
    }
  }

  /**
   * The states in the order in which the trace goes through them: those of the trace, and again the
   * one to which it leads back, if it does, with the action that leads there.
   */
  public List<TraceState> path() {
    if (loop.isEmpty() || stutters()) {
      return states;
    }
    Loop back = loop.get();
    List<TraceState> path = new ArrayList<>(states);
    path.add(new TraceState(states.size(), back.action(), states.get(back.start()).values()));
    return Collections.unmodifiableList(path);
  }

  /** How the trace goes on for ever, for a person; empty if it is a prefix. */
  public String ending() {
    return loop.map(found -> found.ending(states.size() - 1)).orElse("");
  }

  /** Whether nothing happens any more after the last state. */
  public boolean stutters() {
    return loop.isPresent() && loop.get().stutters(states.size() - 1);
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException("Not a trace: " + problem);
    }
  }
}
