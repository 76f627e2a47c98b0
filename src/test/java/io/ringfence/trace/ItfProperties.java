package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(TraceArbitraries.class)
class ItfProperties {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(ItfProperties.class.getResourceAsStream("itf.schema.json"));

  private static String write(Trace trace) {
    try {
      StringWriter out = new StringWriter();
      ItfWriter.write(trace, out);
      return out.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Property
  void writtenTraceReadsBackAsTheSameTrace(@ForAll Trace trace) throws IOException {
    Trace back = ItfReader.read(new StringReader(write(trace)), "t");
    assertThat(back).isEqualTo(trace);
    // Equality of maps does not see their order, which the reader must keep too.
    assertThat(back.toString()).isEqualTo(trace.toString());
  }

  @Property
  void sameTraceGivesTheSameText(@ForAll Trace trace) throws IOException {
    String text = write(trace);
    assertThat(write(ItfReader.read(new StringReader(text), "t"))).isEqualTo(text);
  }

  @Property(tries = 300)
  void writtenTraceObeysTheSchema(@ForAll Trace trace) {
    assertThat(SCHEMA.validate(write(trace), InputFormat.JSON)).isEmpty();
  }

  @Example
  void schemaRefusesWhatItfForbids() {
    for (String value : new String[] {"1", "null", "{\"#set\":1}", "{\"a\":1}", "{\"#x\":\"\"}"}) {
      String text = "{\"vars\":[\"x\"],\"states\":[{\"#meta\":{\"index\":0},\"x\":" + value + "}]}";
      assertThat(SCHEMA.validate(text, InputFormat.JSON)).as(value).isNotEmpty();
    }
  }

  @Property
  void cutOffTraceIsRefused(@ForAll Trace trace) {
    String text = write(trace).strip();
    for (int tenth = 0; tenth < 10; tenth++) {
      String half = text.substring(0, text.length() * tenth / 10);
      assertThatThrownBy(() -> ItfReader.read(new StringReader(half), "t"))
          .isInstanceOf(ItfFormatException.class);
    }
  }
}
