package io.ringfence.trace;

import java.util.Iterator;
import java.util.Map;

/** Prints values in TLA+ syntax, on one line, as TLC prints them in traces. */
final class TlaPrinter {
  private final StringBuilder out = new StringBuilder();

  private TlaPrinter() {}

  static String print(Value value) {
    TlaPrinter printer = new TlaPrinter();
    printer.append(value);
    return printer.out.toString();
  }

  /** Whether TLA+ takes it for a field name: ASCII letters, digits, underscores, and a letter. */
  static boolean isName(String text) {
    boolean letter = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!isLetter && c != '_' && (c < '0' || c > '9')) {
        return false;
      }
      letter |= isLetter;
    }
    return letter;
  }

  private void append(Value value) {
    if (value instanceof BoolValue bool) {
      out.append(bool.value() ? "TRUE" : "FALSE");
    } else if (value instanceof IntValue integer) {
      out.append(integer.value());
    } else if (value instanceof StringValue string) {
      appendQuoted(string.value());
    } else if (value instanceof UnserializableValue opaque) {
      out.append(opaque.text());
    } else if (value instanceof SetValue set) {
      appendAll("{", set.elements(), "}");
    } else if (value instanceof SeqValue sequence) {
      appendAll("<<", sequence.elements(), ">>");
    } else if (value instanceof RecordValue rec) {
      appendRecord(rec);
    } else if (value instanceof FunctionValue function) {
      appendMap(function.entries());
    }
  }

  private void appendAll(String open, Iterable<Value> elements, String close) {
    out.append(open);
    String separator = "";
    for (Value element : elements) {
      out.append(separator);
      append(element);
      separator = ", ";
    }
    out.append(close);
  }

  private void appendRecord(RecordValue rec) {
    if (!rec.fields().keySet().stream().allMatch(TlaPrinter::isName)) {
      // Only TLA+ names can stand before "|->"; the same value has another notation.
      appendMap(Values.graph(rec).orElseThrow());
      return;
    }
    String separator = "[";
    for (Map.Entry<String, Value> field : rec.fields().entrySet()) {
      out.append(separator).append(field.getKey()).append(" |-> ");
      append(field.getValue());
      separator = ", ";
    }
    out.append(']');
  }

  private void appendMap(Map<Value, Value> graph) {
    out.append('(');
    Iterator<Map.Entry<Value, Value>> entries = graph.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Value, Value> entry = entries.next();
      append(entry.getKey());
      out.append(" :> ");
      append(entry.getValue());
      if (entries.hasNext()) {
        out.append(" @@ ");
      }
    }
    out.append(')');
  }

  /** Quote a string with the six escapes that TLA+ knows (Specifying Systems, section 16.1.10). */
  private void appendQuoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> out.append(c);
      }
    }
    out.append('"');
  }
}
