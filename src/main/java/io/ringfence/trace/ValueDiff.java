package io.ringfence.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two values, at the innermost place where they differ.
 *
 * @param path where, for example {@code thread.k0.pc} or {@code queue[2]}
 * @param before the value there, or null if there is none
 * @param after the other value there, or null if there is none
 */
public record ValueDiff(String path, @Nullable Value before, @Nullable Value after) {

  /**
   * Compares two values, inside functions, records, sequences and sets.
   *
   * @param path what to call the values themselves
   * @return the differences in the order of the paths; none if the values are equal
   */
  public static List<ValueDiff> between(String path, Value before, Value after) {
    List<ValueDiff> differences = new ArrayList<>();
    collect(path, before, after, differences);
    return differences;
  }

  private static void collect(
      String path, Value before, Value after, List<ValueDiff> differences) {
    if (before.equals(after)) {
      return;
    }
    if (before instanceof SetValue left && after instanceof SetValue right) {
      collectElements(path, left, right, differences);
      return;
    }
    Optional<SortedMap<Value, Value>> left = Values.graph(before);
    Optional<SortedMap<Value, Value>> right = Values.graph(after);
    if (left.isPresent() && right.isPresent()) {
      collectEntries(path, left.get(), right.get(), differences);
      return;
    }
    differences.add(new ValueDiff(path, before, after));
  }

  private static void collectElements(
      String path, SetValue before, SetValue after, List<ValueDiff> differences) {
    for (Value element : before.elements()) {
      if (!after.contains(element)) {
        differences.add(new ValueDiff(path, element, null));
      }
    }
    for (Value element : after.elements()) {
      if (!before.contains(element)) {
        differences.add(new ValueDiff(path, null, element));
      }
    }
  }

  private static void collectEntries(
      String path,
      SortedMap<Value, Value> before,
      SortedMap<Value, Value> after,
      List<ValueDiff> differences) {
    TreeSet<Value> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (Value key : keys) {
      String inner = path + selector(key);
      Value left = before.get(key);
      Value right = after.get(key);
      if (left != null && right != null) {
        collect(inner, left, right, differences);
      } else {
        differences.add(new ValueDiff(inner, left, right));
      }
    }
  }

  private static String selector(Value key) {
    return key instanceof StringValue name ? "." + name.value() : "[" + key + "]";
  }

  /** Writes the difference in one line: {@code path: before -> after}, or what came or went. */
  @Override
  public String toString() {
    if (before == null) {
      return path + ": + " + after;
    }
    return after == null ? path + ": - " + before : path + ": " + before + " -> " + after;
  }
}
