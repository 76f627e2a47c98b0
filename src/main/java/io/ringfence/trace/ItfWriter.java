package io.ringfence.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes traces in ITF (ADR-015, revision of 2023-09-14).
 *
 * <p>The same trace always gives the same bytes: variables in the order of the trace, sets and
 * functions sorted. The text is pure ASCII, everything else escaped, so that a file has no
 * invisible characters and strings survive that are not valid Unicode.
 */
public final class ItfWriter {
  /** The last printable character of ASCII. */
  private static final int LAST_PLAIN = 0x7e;

  private final JsonGenerator out;

  private ItfWriter(JsonGenerator out) {
    this.out = out;
  }

  /**
   * Write a trace to a file, whose folder is made if need be. The file appears, or changes, only
   * when all is written.
   *
   * @throws IOException if the file cannot be written, or values nest too deep for JSON; the file
   *     is then as it was
   */
  public static void write(Trace trace, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = Files.createDirectories(target.getParent());
    // Not Files.createTempFile, which would hide the trace from every other user.
    Path draft = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (Writer writer =
          Files.newBufferedWriter(
              draft,
              StandardCharsets.US_ASCII,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        write(trace, writer);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Write a trace as characters; the writer stays open.
   *
   * @throws IOException if the writer fails, or values nest too deep for JSON
   */
  public static void write(Trace trace, Writer writer) throws IOException {
    JsonGenerator out = ItfFormat.JSON.createGenerator(writer);
    out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    out.setHighestNonEscapedChar(LAST_PLAIN);
    out.setPrettyPrinter(new ItfLayout());
    try (out) {
      new ItfWriter(out).trace(trace);
      out.writeRaw('\n');
    }
  }

  private void trace(Trace trace) throws IOException {
    out.writeStartObject();
    traceMeta(trace);
    out.writeArrayFieldStart(ItfFormat.VARS);
    for (String variable : trace.variables()) {
      out.writeString(variable);
    }
    out.writeEndArray();
    out.writeArrayFieldStart(ItfFormat.STATES);
    for (TraceState state : trace.states()) {
      state(trace, state);
    }
    out.writeEndArray();
    if (trace.loop().isPresent()) {
      out.writeNumberField(ItfFormat.LOOP, trace.loop().get().start());
    }
    out.writeEndObject();
  }

  private void traceMeta(Trace trace) throws IOException {
    out.writeObjectFieldStart(ItfFormat.META);
    out.writeStringField(ItfFormat.FORMAT, "ITF");
    out.writeStringField(ItfFormat.FORMAT_DESCRIPTION, ItfFormat.DESCRIPTION_URL);
    for (Map.Entry<String, String> entry : trace.meta().entries().entrySet()) {
      if (!ItfFormat.RESERVED.contains(entry.getKey())) {
        out.writeStringField(entry.getKey(), entry.getValue());
      }
    }
    ActionCall back = trace.loop().map(Loop::action).orElse(null);
    if (back != null) {
      out.writeObjectFieldStart(ItfFormat.LOOP_ACTION);
      action(back);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void state(Trace trace, TraceState state) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart(ItfFormat.META);
    out.writeNumberField(ItfFormat.INDEX, state.index());
    ActionCall action = state.action();
    if (action != null) {
      action(action);
    }
    out.writeEndObject();
    for (String variable : trace.variables()) {
      out.writeFieldName(variable);
      value(Objects.requireNonNull(state.values().get(variable), variable));
    }
    out.writeEndObject();
  }

  private void action(ActionCall action) throws IOException {
    out.writeStringField(ItfFormat.ACTION, action.name());
    out.writeObjectFieldStart(ItfFormat.PARAMETERS);
    fields(action.arguments());
    out.writeEndObject();
  }

  private void value(Value value) throws IOException {
    if (value instanceof BoolValue bool) {
      out.writeBoolean(bool.value());
    } else if (value instanceof IntValue integer) {
      tagged(ItfFormat.BIGINT, integer.value().toString());
    } else if (value instanceof StringValue string) {
      out.writeString(string.value());
    } else if (value instanceof UnserializableValue opaque) {
      tagged(ItfFormat.UNSERIALIZABLE, opaque.text());
    } else if (value instanceof SeqValue sequence) {
      list(sequence.elements());
    } else if (value instanceof SetValue set) {
      out.writeStartObject();
      out.writeFieldName(ItfFormat.SET);
      list(set.elements());
      out.writeEndObject();
    } else if (value instanceof RecordValue rec) {
      record(rec);
    } else if (value instanceof FunctionValue function) {
      map(function.entries());
    }
  }

  private void tagged(String tag, String text) throws IOException {
    out.writeStartObject();
    out.writeStringField(tag, text);
    out.writeEndObject();
  }

  private void list(Iterable<Value> elements) throws IOException {
    out.writeStartArray();
    for (Value element : elements) {
      value(element);
    }
    out.writeEndArray();
  }

  private void record(RecordValue rec) throws IOException {
    if (rec.fields().keySet().stream().anyMatch(name -> name.startsWith("#"))) {
      map(Values.graph(rec).orElseThrow());
      return;
    }
    out.writeStartObject();
    fields(rec.fields());
    out.writeEndObject();
  }

  private void fields(Map<String, Value> fields) throws IOException {
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      out.writeFieldName(field.getKey());
      value(field.getValue());
    }
  }

  private void map(Map<Value, Value> graph) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart(ItfFormat.MAP);
    for (Map.Entry<Value, Value> entry : graph.entrySet()) {
      out.writeStartArray();
      value(entry.getKey());
      value(entry.getValue());
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
