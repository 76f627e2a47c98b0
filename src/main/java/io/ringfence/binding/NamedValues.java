package io.ringfence.binding;

import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spec values by name: a model's constants, or the arguments of an action. Each is read as the kind
 * that the binding needs; anything else is a {@link BindingException} that says what was expected.
 */
public final class NamedValues {
  private final String owner;
  private final Map<String, Value> values;

  /**
   * Reads from a map.
   *
   * @param owner whose values these are, for messages: a spec or an action
   */
  public NamedValues(String owner, Map<String, Value> values) {
    this.owner = owner;
    this.values = values;
  }

  private Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new BindingException(
          owner + ": there is no value for " + name + ", only for " + values.keySet());
    }
    return value;
  }

  /** Reads a string. */
  public String text(String name) {
    return text(name, value(name));
  }

  /** Reads a truth value. */
  public boolean bool(String name) {
    if (value(name) instanceof BoolValue bool) {
      return bool.value();
    }
    throw wrong(name, "TRUE or FALSE");
  }

  /** Reads a number between two bounds, which belong to the range. */
  public int number(String name, int least, int most) {
    return number(name, value(name), least, most);
  }

  /** Reads a sequence of numbers between two bounds, which belong to the range. */
  public List<Integer> numberSequence(String name, int least, int most) {
    if (value(name) instanceof SeqValue sequence) {
      return sequence.elements().stream()
          .map(element -> number(name, element, least, most))
          .toList();
    }
    throw wrong(name, "a sequence of numbers");
  }

  /** Reads a string, and returns where it stands in a list. */
  public int index(String name, List<String> known) {
    int index = known.indexOf(text(name));
    if (index < 0) {
      throw wrong(name, "one of " + known);
    }
    return index;
  }

  /** Reads a set of strings, in the order of the set's elements. */
  public List<String> names(String name) {
    if (value(name) instanceof SetValue set) {
      return set.elements().stream().map(element -> text(name, element)).toList();
    }
    throw wrong(name, "a set of strings");
  }

  /** Reads a set of any values. */
  public List<Value> elements(String name) {
    if (value(name) instanceof SetValue set) {
      return List.copyOf(set.elements());
    }
    throw wrong(name, "a set");
  }

  /** Reads a set of numbers between two bounds, which belong to the range. */
  public List<Integer> numbers(String name, int least, int most) {
    if (value(name) instanceof SetValue set) {
      return set.elements().stream().map(element -> number(name, element, least, most)).toList();
    }
    throw wrong(name, "a set of numbers");
  }

  /** Reads a sequence of strings. */
  public List<String> sequence(String name) {
    return sequence(name, value(name));
  }

  /** Reads a sequence of strings that is the value of a function at a string. */
  public List<String> sequence(String name, String key) {
    return sequence(name, entry(name, key));
  }

  /** Reads a string that is the value of a function at a string. */
  public String text(String name, String key) {
    return text(name, entry(name, key));
  }

  /** Reads a number between two bounds that is the value of a function at a string. */
  public int number(String name, String key, int least, int most) {
    return number(name, entry(name, key), least, most);
  }

  /** Says that a value is not what it should be. */
  public BindingException wrong(String name, String expected) {
    return wrong(name, expected, values.get(name));
  }

  private Value entry(String name, String key) {
    if (value(name) instanceof RecordValue rec && rec.fields().containsKey(key)) {
      return rec.get(key);
    }
    throw wrong(name, "a function with " + key + " in its domain");
  }

  private List<String> sequence(String name, Value value) {
    if (value instanceof SeqValue sequence) {
      return sequence.elements().stream().map(element -> text(name, element)).toList();
    }
    throw wrong(name, "a sequence of strings", value);
  }

  private int number(String name, Value value, int least, int most) {
    if (value instanceof IntValue number
        && number.value().bitLength() < Integer.SIZE
        && number.value().intValue() >= least
        && number.value().intValue() <= most) {
      return number.value().intValue();
    }
    throw wrong(name, "a number from " + least + " to " + most, value);
  }

  private String text(String name, Value value) {
    if (value instanceof StringValue string) {
      return string.value();
    }
    throw wrong(name, "a string", value);
  }

  private BindingException wrong(String name, String expected, @Nullable Value actual) {
    return new BindingException(
        owner + ": " + name + " should be " + expected + " and is " + actual);
  }
}
