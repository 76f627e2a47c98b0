package io.ringfence.verify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.ringfence.conform.Conformance;
import io.ringfence.json.JsonProblem;
import io.ringfence.trace.ItfFormatException;
import io.ringfence.trace.ItfReader;
import io.ringfence.trace.ItfWriter;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParser;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes and reads {@code run.json}. */
public final class RunJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withConfigOverride(List.class, RunJson::neverNull)
          .withConfigOverride(Map.class, RunJson::neverNull)
          .addMixIn(Conformance.Difference.class, WithoutTrace.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(Value.class, new ToStringSerializer(Value.class))
                  .addDeserializer(Value.class, new ValueReader())
                  .addSerializer(Trace.class, new TraceWriter())
                  .addDeserializer(Trace.class, new TraceReader()))
          .build();

  private static final ObjectWriter COMPACT =
      MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

  /** Where spec and firmware part is told in words. */
  @JsonIgnoreProperties("trace")
  private interface WithoutTrace {}

  /** A value is written as TLA+ text. */
  private static final class ValueReader extends StdDeserializer<Value> {
    private static final long serialVersionUID = 1L;

    ValueReader() {
      super(Value.class);
    }

    @Override
    public Value deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return ValueParser.parse(parser.getText());
    }
  }

  /** A trace is written in ITF. */
  private static final class TraceWriter extends StdSerializer<Trace> {
    private static final long serialVersionUID = 1L;

    TraceWriter() {
      super(Trace.class);
    }

    @Override
    public void serialize(Trace trace, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      StringWriter itf = new StringWriter();
      ItfWriter.write(trace, itf);
      json.writeRawValue(itf.toString().strip());
    }
  }

  private static final class TraceReader extends StdDeserializer<Trace> {
    private static final long serialVersionUID = 1L;

    TraceReader() {
      super(Trace.class);
    }

    @Override
    public Trace deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String itf = parser.readValueAsTree().toString();
      try {
        return ItfReader.read(new StringReader(itf), "trace");
      } catch (ItfFormatException e) {
        throw JsonMappingException.from(parser, e.getMessage(), e);
      }
    }
  }

  private RunJson() {}

  private static void neverNull(MutableConfigOverride override) {
    override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL));
  }

  /** Results as JSON text: the record of a run, or a part of one. */
  public static String text(Object results) {
    try {
      return MAPPER.writeValueAsString(results) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results cannot be written as JSON", e);
    }
  }

  /** The same as {@link #text}, for programs: not indented. */
  static String compact(Object results) {
    try {
      return COMPACT.writeValueAsString(results) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results cannot be written as JSON", e);
    }
  }

  /**
   * Reads JSON text that {@link #text} or {@link #compact} made.
   *
   * @throws JsonProcessingException if it is no JSON of that type
   */
  static <T> T parse(String text, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(text, type);
  }

  /** Writes the record, all or nothing. */
  public static void write(RunRecord run, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    WholeFile.write(file, compact(run));
  }

  /**
   * Reads the record of the last run, which can be made again.
   *
   * @throws BadInputException if there is no such file, or if it is no record of this version
   */
  public static RunRecord read(Path file) {
    return read(file, "'./ringfence verify' writes it", "run './ringfence verify' again");
  }

  /**
   * Reads the record of an earlier run, to compare another one with.
   *
   * @throws BadInputException if there is no such file, or if it is no record of this version
   */
  public static RunRecord readEarlier(Path file) {
    return read(
        file,
        "name the run.json of an earlier run",
        "trends need a record that this version wrote");
  }

  private static RunRecord read(Path file, String missing, String remedy) {
    InputFile.require(file, missing);
    try {
      int schema = schema(file);
      if (schema != RunRecord.SCHEMA) {
        throw new BadInputException(
            file
                + ": has version "
                + schema
                + " of the format (schema), and this program reads "
                + RunRecord.SCHEMA
                + "; "
                + remedy);
      }
      return MAPPER.readValue(file.toFile(), RunRecord.class);
    } catch (JsonProcessingException e) {
      throw new BadInputException(JsonProblem.in(file, e) + "; " + remedy, e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The version comes first, as a record of another one cannot be read as this one's. */
  private static int schema(Path file) throws IOException {
    try (JsonParser parser = MAPPER.createParser(file.toFile())) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean isSchema = parser.currentName().equals("schema");
          JsonToken value = parser.nextToken();
          if (isSchema && value == JsonToken.VALUE_NUMBER_INT) {
            return parser.getIntValue();
          }
          parser.skipChildren();
        }
      }
    }
    throw new BadInputException(
        file + ": no record of a run: it has no 'schema'; './ringfence verify' writes one");
  }
}
