package io.ringfence.trace;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the expressions of ITF as canonical values. Equal values become one object: most variables
 * stay as they are from one state to the next, and then comparing them costs nothing.
 */
final class ItfExpressions {
  private final ItfCursor cursor;
  private final Map<Value, Value> met = new HashMap<>();

  ItfExpressions(ItfCursor cursor) {
    this.cursor = cursor;
  }

  /** Read the expression that begins at the current token; stop at its last token. */
  Value read(JsonToken first) throws IOException {
    Value value = expression(first);
    Value same = met.putIfAbsent(value, value);
    return same == null ? value : same;
  }

  private Value expression(JsonToken first) throws IOException {
    return switch (first) {
      case VALUE_TRUE -> BoolValue.TRUE;
      case VALUE_FALSE -> BoolValue.FALSE;
      case VALUE_STRING -> StringValue.of(cursor.text());
      case VALUE_NUMBER_INT -> integer(cursor.text());
      case START_ARRAY -> SeqValue.of(elements());
      case START_OBJECT -> object();
      default ->
          throw cursor.unexpected(
              "a value", "true, false, a string, {\"#bigint\": \"1\"}, a list or an object");
    };
  }

  private Value object() throws IOException {
    JsonToken token = cursor.next();
    if (token == JsonToken.END_OBJECT) {
      return SeqValue.EMPTY;
    }
    return cursor.text().startsWith("#") ? tagged(cursor.text()) : record(token);
  }

  private Value record(JsonToken firstName) throws IOException {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (JsonToken token = firstName; token != JsonToken.END_OBJECT; token = cursor.next()) {
      String name = cursor.text();
      if (name.startsWith("#")) {
        throw cursor.fail(
            "a record has the field " + ItfCursor.quote(name) + ", and '#' is kept for ITF itself",
            "Write such a record as {\"#map\": [[\"field\", value], ..]}");
      }
      fields.put(name, read(cursor.next()));
    }
    return Values.record(fields);
  }

  private Value tagged(String tag) throws IOException {
    cursor.next();
    Value value =
        switch (tag) {
          case ItfFormat.BIGINT -> integer(cursor.string(tag));
          case ItfFormat.TUPLE -> SeqValue.of(list(tag));
          case ItfFormat.SET -> SetValue.of(list(tag));
          case ItfFormat.MAP -> map();
          case ItfFormat.UNSERIALIZABLE -> new UnserializableValue(cursor.string(tag));
          default ->
              throw cursor.fail(
                  "ITF has no tag " + ItfCursor.quote(tag),
                  "Use #bigint, #tup, #set, #map or #unserializable");
        };
    if (cursor.next() != JsonToken.END_OBJECT) {
      throw cursor.fail("something follows " + tag + " in its object", "Keep the tag alone");
    }
    return value;
  }

  private Value integer(String digits) throws IOException {
    if (!digits.matches("-?[0-9]+")) {
      throw cursor.fail(
          "an integer must be digits, not " + ItfCursor.quote(digits), "Correct the number");
    }
    try {
      return IntValue.parse(digits);
    } catch (IllegalArgumentException e) {
      throw cursor.fail(String.valueOf(e.getMessage()), "No model needs this; correct the number");
    }
  }

  private List<Value> list(String tag) throws IOException {
    cursor.array(tag);
    return elements();
  }

  private List<Value> elements() throws IOException {
    List<Value> elements = new ArrayList<>();
    for (JsonToken token = cursor.next(); token != JsonToken.END_ARRAY; token = cursor.next()) {
      elements.add(read(token));
    }
    return elements;
  }

  private Value map() throws IOException {
    cursor.array(ItfFormat.MAP);
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (JsonToken token = cursor.next(); token != JsonToken.END_ARRAY; token = cursor.next()) {
      ItfCursor.Place place = cursor.place();
      cursor.array("an entry of #map");
      List<Value> pair = elements();
      if (pair.size() != 2) {
        throw cursor.fail(
            place,
            "an entry of #map has " + pair.size() + " elements",
            "Write each entry as [argument, result]");
      }
      if (entries.put(pair.get(0), pair.get(1)) != null) {
        throw cursor.fail(
            place,
            "#map has two results for " + ItfCursor.quote(pair.get(0).toString()),
            "Keep one, as a function has one result for each argument");
      }
    }
    return Values.function(entries);
  }
}
