package io.ringfence.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;

/**
 * A position in a JSON text, which turns every failure into an {@link ItfFormatException} that says
 * where it happened.
 */
final class ItfCursor implements Closeable {
  private static final int LONGEST_QUOTE = 60;

  private final String source;
  private final JsonParser parser;

  ItfCursor(String source, Reader reader) throws IOException {
    this.source = source;
    this.parser = ItfFormat.JSON.createParser(reader);
  }

  /** A place to name in a message about something that was read earlier. */
  record Place(JsonLocation location, String path) {}

  Place place() {
    return new Place(parser.currentTokenLocation(), path());
  }

  private String path() {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  /** Move to the next token; fail at the end of the text. */
  JsonToken next() throws IOException {
    JsonToken token = read();
    if (token == null) {
      throw fail("the file ends where the trace should begin", "Give a file in ITF");
    }
    return token;
  }

  /** Fail unless the text ends here. */
  void end() throws IOException {
    if (read() != null) {
      throw fail("something follows the trace", "Keep one trace in a file");
    }
  }

  private JsonToken read() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw translate(e);
    } catch (CharacterCodingException e) {
      throw fail("the text is not UTF-8", "Save the file as UTF-8");
    }
  }

  private ItfFormatException translate(JsonProcessingException e) {
    String problem;
    String advice;
    if (e instanceof JsonEOFException) {
      problem = "the file ends in the middle of the trace";
      advice = "It was cut off; get it again, or write it again";
    } else if (e instanceof StreamConstraintsException) {
      problem = "something is nested too deep, or is too long";
      advice = "No model needs this; get the file from a trusted tool";
    } else if (e instanceof JsonParseException && e.getOriginalMessage().startsWith("Duplicate")) {
      problem = e.getOriginalMessage();
      advice = "Remove one of the two, as nobody can know which is meant";
    } else {
      problem = "this is not JSON: " + e.getOriginalMessage();
      advice = "Give a file in ITF (.itf.json)";
    }
    JsonLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
    return fail(new Place(location, path()), problem, advice);
  }

  /** Expect the current token to open an object. */
  void object(String what) throws IOException {
    expect(JsonToken.START_OBJECT, what, "an object {..}");
  }

  /** Expect the current token to open an array. */
  void array(String what) throws IOException {
    expect(JsonToken.START_ARRAY, what, "a list [..]");
  }

  /** Expect the current token to be a string, and return it. */
  String string(String what) throws IOException {
    expect(JsonToken.VALUE_STRING, what, "a string \"..\"");
    return text();
  }

  /** Expect the current token to be an integer from 0, and return it. */
  int index(String what) throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, what, "a number from 0");
    String digits = text();
    if (!digits.matches("[0-9]{1,9}")) {
      throw unexpected(what, "a number from 0");
    }
    return Integer.parseInt(digits);
  }

  /** Return the text of the current scalar or name. */
  String text() throws IOException {
    try {
      return parser.getText();
    } catch (JsonProcessingException e) {
      throw translate(e);
    }
  }

  /** Return the current value, whatever it is, as JSON text on one line; move to its end. */
  String json() throws IOException {
    try (StringWriter out = new StringWriter();
        JsonGenerator generator = ItfFormat.JSON.createGenerator(out)) {
      generator.copyCurrentStructure(parser);
      generator.flush();
      return out.toString();
    } catch (JsonProcessingException e) {
      throw translate(e);
    }
  }

  /** Pass over the current value, whatever it is. */
  void skip() throws IOException {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      throw translate(e);
    }
  }

  private void expect(JsonToken token, String what, String form) throws IOException {
    if (parser.currentToken() != token) {
      throw unexpected(what, form);
    }
  }

  /** Return the failure of finding something else than expected at the current token. */
  ItfFormatException unexpected(String what, String form) throws IOException {
    return fail(what + " must be " + form + ", not " + describe(), "Correct the file");
  }

  private String describe() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_NULL -> "null";
      case VALUE_STRING -> "the string " + quote(text());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + shorten(text());
      default -> shorten(text());
    };
  }

  static String quote(String text) {
    return '"' + shorten(text) + '"';
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "..";
  }

  ItfFormatException fail(String problem, String advice) {
    return fail(place(), problem, advice);
  }

  ItfFormatException fail(Place place, String problem, String advice) {
    return new ItfFormatException(
        String.format(
            "%s:%d:%d: %s%s. %s.",
            source,
            place.location().getLineNr(),
            place.location().getColumnNr(),
            place.path().isEmpty() ? "" : "at " + place.path() + ": ",
            problem,
            advice));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
