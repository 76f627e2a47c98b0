package io.ringfence.trace;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One place in which two values or states differ.
 *
 * @param kind what happened there
 * @param path the arguments that lead there from the outside in: the variable of a state, then
 *     fields of records, arguments of functions, indices of sequences from 1; empty if two whole
 *     values differ
 * @param before the value there before; {@code null} if there was none
 * @param after the value there after; {@code null} if there is none
 */
public record Difference(
    Kind kind, List<Value> path, @Nullable Value before, @Nullable Value after) {

  /** What happened at a place. */
  public enum Kind {
    /** The value there is another. */
    CHANGED,
    /** The path is new: a field, argument, index or variable that was not there before. */
    ADDED,
    /** The path is gone: a field, argument, index or variable that was there before. */
    REMOVED,
    /** The set there has one more element. */
    ELEMENT_ADDED,
    /** The set there has one element less. */
    ELEMENT_REMOVED
  }

  /** Copy the path. */
  public Difference {
    path = List.copyOf(path);
  }

  /** Return the path as people write it: {@code thread.k0.pc}, {@code queue[2]}. */
  public String location() {
    StringBuilder out = new StringBuilder();
    for (Value step : path) {
      if (step instanceof StringValue name && TlaPrinter.isName(name.value())) {
        out.append(out.isEmpty() ? "" : ".").append(name.value());
      } else {
        out.append('[').append(step).append(']');
      }
    }
    return out.toString();
  }

  /** Return one line, such as {@code thread.k0.pc: "I1" -> "I2"} or {@code own: added "t1"}. */
  @Override
  public String toString() {
    String what =
        switch (kind) {
          case CHANGED -> before + " -> " + after;
          case ADDED, ELEMENT_ADDED -> "added " + after;
          case REMOVED, ELEMENT_REMOVED -> "removed " + before;
        };
    return path.isEmpty() ? what : location() + ": " + what;
  }

  static Difference changed(List<Value> path, Value before, Value after) {
    return new Difference(Kind.CHANGED, path, before, after);
  }

  static Difference added(Kind kind, List<Value> path, Value after) {
    return new Difference(kind, path, null, Objects.requireNonNull(after));
  }

  static Difference removed(Kind kind, List<Value> path, Value before) {
    return new Difference(kind, path, Objects.requireNonNull(before), null);
  }
}
