package io.ringfence.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds where two values or states differ, as deep inside them as that can be said: what a step
 * changed, or where an outcome is not the expected one.
 *
 * <p>There is no difference if, and only if, the two are equal. Functions, records and sequences
 * are compared argument by argument if they share one; in sequences the equal beginning and end are
 * set aside first, so that a removed head does not change everything behind it.
 */
public final class ValueDiff {
  private final List<Difference> differences = new ArrayList<>();
  private final Deque<Value> path = new ArrayDeque<>();

  private ValueDiff() {}

  /** Return the differences between two values, in the order of {@link Value}. */
  public static List<Difference> between(Value before, Value after) {
    ValueDiff diff = new ValueDiff();
    diff.compare(before, after);
    return diff.differences;
  }

  /**
   * Return the differences between two states, given as values by variable, in the order of the
   * variables.
   */
  public static List<Difference> between(
      Map<String, ? extends Value> before, Map<String, ? extends Value> after) {
    ValueDiff diff = new ValueDiff();
    Set<String> variables = new LinkedHashSet<>(before.keySet());
    variables.addAll(after.keySet());
    for (String variable : variables) {
      diff.compareAt(
          StringValue.of(variable),
          Optional.ofNullable(before.get(variable)),
          Optional.ofNullable(after.get(variable)));
    }
    return diff.differences;
  }

  private void compare(Value before, Value after) {
    if (before.equals(after)) {
      return;
    }
    if (before instanceof SetValue a && after instanceof SetValue b) {
      compareSets(a, b);
    } else if (before instanceof SeqValue a && after instanceof SeqValue b) {
      compareSequences(a.elements(), b.elements());
    } else if (before instanceof RecordValue a
        && after instanceof RecordValue b
        && a.fields().keySet().equals(b.fields().keySet())) {
      a.fields()
          .forEach(
              (field, value) -> {
                if (!value.equals(b.get(field))) {
                  compareAt(StringValue.of(field), Optional.of(value), Optional.of(b.get(field)));
                }
              });
    } else {
      compareFunctions(before, after);
    }
  }

  private void compareSets(SetValue before, SetValue after) {
    for (Value element : before.elements()) {
      if (!after.contains(element)) {
        differences.add(
            Difference.removed(Difference.Kind.ELEMENT_REMOVED, currentPath(), element));
      }
    }
    for (Value element : after.elements()) {
      if (!before.contains(element)) {
        differences.add(Difference.added(Difference.Kind.ELEMENT_ADDED, currentPath(), element));
      }
    }
  }

  private void compareSequences(List<Value> before, List<Value> after) {
    int shorter = Math.min(before.size(), after.size());
    int head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    if (before.size() != after.size()) {
      while (tail < shorter - head
          && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
        tail++;
      }
    }
    int end = Math.max(before.size(), after.size()) - tail;
    for (int i = head; i < end; i++) {
      compareAt(
          IntValue.of(i + 1L),
          i < before.size() - tail ? Optional.of(before.get(i)) : Optional.empty(),
          i < after.size() - tail ? Optional.of(after.get(i)) : Optional.empty());
    }
  }

  private void compareFunctions(Value before, Value after) {
    Optional<SortedMap<Value, Value>> a = Values.graph(before);
    Optional<SortedMap<Value, Value>> b = Values.graph(after);
    if (a.isEmpty() || b.isEmpty() || unrelated(a.get(), b.get())) {
      differences.add(Difference.changed(currentPath(), before, after));
      return;
    }
    SortedSet<Value> arguments = new TreeSet<>(a.get().keySet());
    arguments.addAll(b.get().keySet());
    for (Value argument : arguments) {
      compareAt(
          argument,
          Optional.ofNullable(a.get().get(argument)),
          Optional.ofNullable(b.get().get(argument)));
    }
  }

  /** Two functions, neither of them empty, without a common argument have nothing to compare. */
  private static boolean unrelated(SortedMap<Value, Value> a, SortedMap<Value, Value> b) {
    return !a.isEmpty() && !b.isEmpty() && a.keySet().stream().noneMatch(b::containsKey);
  }

  private void compareAt(
      Value step, Optional<? extends Value> before, Optional<? extends Value> after) {
    path.addLast(step);
    if (before.isEmpty() && after.isPresent()) {
      differences.add(Difference.added(Difference.Kind.ADDED, currentPath(), after.get()));
    } else if (after.isEmpty() && before.isPresent()) {
      differences.add(Difference.removed(Difference.Kind.REMOVED, currentPath(), before.get()));
    } else if (before.isPresent()) {
      compare(before.get(), after.get());
    }
    path.removeLast();
  }

  private List<Value> currentPath() {
    return List.copyOf(path);
  }
}
