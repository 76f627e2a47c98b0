package io.ringfence.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/**
 * Lays out a trace for line-wise comparison: the trace, its lists and each state over lines, one
 * variable a line, and what is inside a variable on that line.
 */
final class ItfLayout implements PrettyPrinter {
  /** The trace is 1, its states 2, a state 3. */
  private static final int DEEPEST_BROKEN = 3;

  private int depth;

  @Override
  public void writeRootValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator out) throws IOException {
    out.writeRaw('{');
    depth++;
  }

  @Override
  public void beforeObjectEntries(JsonGenerator out) throws IOException {
    breakLine(out, "");
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw(": ");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
    out.writeRaw(',');
    breakLine(out, " ");
  }

  @Override
  public void writeEndObject(JsonGenerator out, int entries) throws IOException {
    close(out, entries, '}');
  }

  @Override
  public void writeStartArray(JsonGenerator out) throws IOException {
    out.writeRaw('[');
    depth++;
  }

  @Override
  public void beforeArrayValues(JsonGenerator out) throws IOException {
    breakLine(out, "");
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
    writeObjectEntrySeparator(out);
  }

  @Override
  public void writeEndArray(JsonGenerator out, int values) throws IOException {
    close(out, values, ']');
  }

  private void close(JsonGenerator out, int contents, char bracket) throws IOException {
    boolean broken = depth <= DEEPEST_BROKEN && contents > 0;
    depth--;
    if (broken) {
      newLine(out);
    }
    out.writeRaw(bracket);
  }

  private void breakLine(JsonGenerator out, String otherwise) throws IOException {
    if (depth <= DEEPEST_BROKEN) {
      newLine(out);
    } else {
      out.writeRaw(otherwise);
    }
  }

  private void newLine(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
    out.writeRaw("  ".repeat(depth));
  }
}
