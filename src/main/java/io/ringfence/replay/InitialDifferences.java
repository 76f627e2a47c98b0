package io.ringfence.replay;

import io.ringfence.trace.Difference;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueDiff;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the initial state of another design is not the trace's. A difference in the same place says
 * nothing about a later step, so it is not counted there. The place is as small as can be: one
 * field, one argument of a function, one element of a set. A value of another shape around it is a
 * difference of its own.
 */
record InitialDifferences(List<String> lines, List<Place> places) {
  static final InitialDifferences NONE = new InitialDifferences(List.of(), List.of());

  /**
   * A place in a state.
   *
   * @param path leads there, see {@link Difference#path}; what is below it belongs to the place
   * @param element of the set at the path that alone belongs to the place, or null
   */
  private record Place(List<Value> path, @Nullable Value element) {
    boolean has(Difference difference) {
      List<Value> other = difference.path();
      return other.size() >= path.size()
          && other.subList(0, path.size()).equals(path)
          && (element == null
              || other.size() == path.size() && element.equals(elementOf(difference)));
    }
  }

  static InitialDifferences between(Map<String, Value> trace, Map<String, Value> firmware) {
    List<Difference> differences = ValueDiff.between(trace, firmware);
    List<Place> places = new ArrayList<>();
    for (Difference difference : differences) {
      List<Value> path = toSequence(difference.path(), trace, firmware);
      boolean inside = path.size() < difference.path().size();
      places.add(new Place(path, inside ? null : elementOf(difference)));
    }
    return new InitialDifferences(
        differences.stream().map(Difference::toString).toList(), List.copyOf(places));
  }

  /** Leaves out the differences that were there at the start. */
  List<Difference> without(List<Difference> differences) {
    return places.isEmpty()
        ? differences
        : differences.stream()
            .filter(difference -> places.stream().noneMatch(place -> place.has(difference)))
            .toList();
  }

  private static @Nullable Value elementOf(Difference difference) {
    return switch (difference.kind()) {
      case ELEMENT_ADDED -> difference.after();
      case ELEMENT_REMOVED -> difference.before();
      case CHANGED, ADDED, REMOVED -> null;
    };
  }

  /** Of two sequences of different lengths, no index is the same place later: all of it is one. */
  private static List<Value> toSequence(
      List<Value> path, Map<String, Value> trace, Map<String, Value> firmware) {
    Value expected = inside(Values.record(trace), path.get(0));
    Value actual = inside(Values.record(firmware), path.get(0));
    for (int depth = 1; depth < path.size() && expected != null && actual != null; depth++) {
      if (expected instanceof SeqValue one
          && actual instanceof SeqValue other
          && one.size() != other.size()) {
        return path.subList(0, depth);
      }
      expected = inside(expected, path.get(depth));
      actual = inside(actual, path.get(depth));
    }
    return path;
  }

  private static @Nullable Value inside(Value value, Value argument) {
    return Values.graph(value).map(graph -> graph.get(argument)).orElse(null);
  }
}
