package io.ringfence.trace;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads values in the text that TLC prints, over any number of lines.
 *
 * <p>Known are {@code TRUE}, {@code -1}, {@code "text"}, {@code <<1, 2>>}, {@code {1, 2}}, {@code
 * 1..3}, {@code [a |-> 1]}, {@code (1 :> 2 @@ 3 :> 4)}, any of them in parentheses, and names,
 * which are model values except for the infinite sets {@code Nat}, {@code Int}, {@code Real},
 * {@code STRING}. Lazy expressions, such as {@code SUBSET S}, are errors.
 */
public final class ValueParser {
  /** How deep values may nest; deeper text is refused before it can exhaust the stack. */
  public static final int MAX_DEPTH = 500;

  /** The largest interval that is listed element by element. */
  private static final int MAX_INTERVAL = 1_000_000;

  private static final Set<String> INFINITE = Set.of("Nat", "Int", "Real", "STRING");

  private final String text;
  private int at;
  private int depth;

  private ValueParser(String text) {
    this.text = text;
  }

  /**
   * Read one value, and nothing after it.
   *
   * @throws ValueParseException if the text is anything else
   */
  public static Value parse(String text) {
    ValueParser parser = new ValueParser(text);
    Value value = parser.value();
    parser.end();
    return value;
  }

  /**
   * Read a state as TLC prints it: {@code /\ x = 1} for each variable, or {@code x = 1} if there is
   * only one.
   *
   * @return the values by variable, in the order of the text
   * @throws ValueParseException if the text is anything else, or names a variable twice
   */
  public static Map<String, Value> parseState(String text) {
    ValueParser parser = new ValueParser(text);
    Map<String, Value> values = new LinkedHashMap<>();
    boolean conjunction = parser.accept("/\\");
    do {
      int start = parser.skipSpace();
      String variable = parser.word("a variable");
      parser.expect("=");
      if (values.put(variable, parser.value()) != null) {
        throw parser.error("variable " + variable + " is named twice", start);
      }
    } while (conjunction && parser.accept("/\\"));
    parser.end();
    return values;
  }

  private Value value() {
    if (++depth > MAX_DEPTH) {
      throw error("values nest deeper than " + MAX_DEPTH, at);
    }
    int start = skipSpace();
    Value value;
    if (accept("<<")) {
      value = SeqValue.of(elements(">>"));
    } else if (accept("{")) {
      value = SetValue.of(elements("}"));
    } else if (accept("[")) {
      value = record();
    } else if (accept("(")) {
      value = parenthesis();
    } else if (at < text.length() && text.charAt(at) == '"') {
      value = StringValue.of(string());
    } else if (startsNumber()) {
      value = numberOrInterval(start);
    } else {
      value = named(word("a value"));
    }
    depth--;
    return value;
  }

  private static Value named(String name) {
    return switch (name) {
      case "TRUE" -> BoolValue.TRUE;
      case "FALSE" -> BoolValue.FALSE;
      case "BOOLEAN" -> SetValue.of(BoolValue.FALSE, BoolValue.TRUE);
      default -> INFINITE.contains(name) ? new UnserializableValue(name) : StringValue.of(name);
    };
  }

  private List<Value> elements(String close) {
    List<Value> elements = new ArrayList<>();
    if (accept(close)) {
      return elements;
    }
    do {
      elements.add(value());
    } while (accept(","));
    expect(close);
    return elements;
  }

  private Value record() {
    Map<Value, Value> fields = new LinkedHashMap<>();
    if (accept("]")) {
      return SeqValue.EMPTY;
    }
    do {
      int start = skipSpace();
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      String name = quoted ? string() : word("a field name");
      expect("|->");
      putOnce(fields, StringValue.of(name), value(), start);
    } while (accept(","));
    expect("]");
    return Values.function(fields);
  }

  /** Read either {@code (value)} or the entries of a function, after the parenthesis. */
  private Value parenthesis() {
    int start = skipSpace();
    Value first = value();
    if (accept(")")) {
      return first;
    }
    Map<Value, Value> entries = new LinkedHashMap<>();
    expect(":>");
    entries.put(first, value());
    while (accept("@@")) {
      start = skipSpace();
      Value argument = value();
      expect(":>");
      putOnce(entries, argument, value(), start);
    }
    expect(")");
    return Values.function(entries);
  }

  private void putOnce(Map<Value, Value> graph, Value argument, Value result, int start) {
    if (graph.put(argument, result) != null) {
      throw error(argument + " is mapped twice", start);
    }
  }

  private boolean startsNumber() {
    if (at >= text.length()) {
      return false;
    }
    int i = text.charAt(at) == '-' ? at + 1 : at;
    int digits = i;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    // TLA+ names may begin with digits: "3rd" is a model value.
    return i > digits && (i == text.length() || !isWordPart(text.charAt(i)));
  }

  private Value numberOrInterval(int start) {
    IntValue number = number();
    if (!accept("..")) {
      return number;
    }
    skipSpace();
    if (!startsNumber()) {
      throw unexpected("the upper end of an interval");
    }
    BigInteger low = number.value();
    BigInteger high = number().value();
    BigInteger size = high.subtract(low).add(BigInteger.ONE);
    if (size.compareTo(BigInteger.valueOf(MAX_INTERVAL)) > 0) {
      throw error("the interval has " + size + " elements, more than " + MAX_INTERVAL, start);
    }
    List<Value> elements = new ArrayList<>();
    for (BigInteger i = low; i.compareTo(high) <= 0; i = i.add(BigInteger.ONE)) {
      elements.add(new IntValue(i));
    }
    return SetValue.of(elements);
  }

  private IntValue number() {
    int start = at;
    at++;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    try {
      return IntValue.parse(text.substring(start, at));
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()), start);
    }
  }

  private String string() {
    int start = at;
    StringBuilder content = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return content.toString();
      }
      content.append(c == '\\' ? escaped() : c);
    }
    throw error("the string that begins here has no end", start);
  }

  private char escaped() {
    at++;
    return switch (at < text.length() ? text.charAt(at) : ' ') {
      case '"' -> '"';
      case '\\' -> '\\';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      default -> throw error("TLA+ has no such escape in a string", at - 1);
    };
  }

  private String word(String expected) {
    int start = skipSpace();
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw unexpected(expected);
    }
    return text.substring(start, at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private int skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private boolean accept(String token) {
    skipSpace();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw unexpected(token);
    }
  }

  private void end() {
    if (skipSpace() < text.length()) {
      throw unexpected("nothing more");
    }
  }

  private ValueParseException unexpected(String expected) {
    String found =
        at >= text.length()
            ? "the text ends"
            : "there is '" + text.substring(at, Math.min(at + 12, text.length())).strip() + "'";
    return error("expected " + expected + ", but " + found, at);
  }

  private ValueParseException error(String problem, int position) {
    int line = 1;
    int lineStart = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    return new ValueParseException(problem, line, position - lineStart + 1);
  }
}
