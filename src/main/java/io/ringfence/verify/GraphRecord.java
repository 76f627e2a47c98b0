package io.ringfence.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state graph of a small model as the report shows it: each value, each action and each part of
 * a value is written once, and everything else is numbers.
 *
 * @param model the model's name
 * @param variables the names of the variables
 * @param shapes how values are made of others
 * @param texts values without parts, in TLA+
 * @param values each value as its shape and then its parts, which come before it: positions in
 *     {@code values}, or the one position in {@code texts} of a {@link Kind#TEXT}
 * @param actions the steps' names with arguments
 * @param initial the states in which the spec can begin
 * @param outside the states outside the model, which were not explored
 * @param states each state as pairs of a variable and its value: all of an initial one, else those
 *     that differ from the state that the first edge to it leaves
 * @param edges each state's steps as pairs of an action and the state that it leads to; parallel
 *     ones are kept
 * @param paths the ways of counterexamples by {@link RunRecord.CounterexampleRecord#file}: the
 *     first state, and then pairs as in {@code edges}
 */
public record GraphRecord(
    String model,
    List<String> variables,
    List<Shape> shapes,
    List<String> texts,
    int[][] values,
    List<String> actions,
    int[] initial,
    int[] outside,
    int[][] states,
    int[][] edges,
    Map<String, int[]> paths) {

  /** More states than this are no picture any more, and three of five models have fewer. */
  public static final int MOST_STATES = 2_000;

  /**
   * More edges than this a page does not redraw at once while it is moved; of the models with few
   * enough states two have more.
   */
  public static final int MOST_EDGES = 20_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** How a value is made. */
  public enum Kind {
    /** Without parts. */
    TEXT,
    SET,
    SEQUENCE,
    FUNCTION,
    RECORD
  }

  /**
   * How values are made of others.
   *
   * @param keys a function's arguments in TLA+, or a record's fields, one for each part
   */
  public record Shape(Kind kind, List<String> keys) {}

  /** Checks that every edge is between states. */
  public GraphRecord {
    if (edges.length != states.length) {
      throw new IllegalArgumentException(
          "there are " + states.length + " states, and edges of " + edges.length);
    }
    for (int[] steps : edges) {
      for (int i = 1; i < steps.length; i += 2) {
        if (steps[i] < 0 || steps[i] >= states.length) {
          throw new IllegalArgumentException("an edge leads to state " + steps[i]);
        }
      }
    }
  }

  /** Compares what is in the arrays, too. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GraphRecord graph && json().equals(graph.json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  /** The graph as JSON, without a line break. */
  public String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the graph cannot be written as JSON", e);
    }
  }
}
