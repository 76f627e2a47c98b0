package io.ringfence.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says where a JSON file is not as it should be, and what was expected there. Jackson's own
 * messages name the classes of this program, which nobody knows who writes a file.
 */
public final class JsonProblem {
  private static final Pattern MISSING =
      Pattern.compile("(Missing|Null value for)(?: required)? creator property '(\\w+)'.*");
  private static final Pattern CHARACTER_CODE = Pattern.compile(" \\(code \\d+[^)]*\\)");

  private JsonProblem() {}

  /** Returns {@code file:line:column: what is wrong}, without what to do. */
  public static String in(Path file, JsonProcessingException e) {
    if (e.getCause() instanceof JsonProcessingException cause) {
      // What is no JSON, met while an object was read.
      return in(file, cause);
    }
    JsonLocation at = e.getLocation();
    String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
    return file + place + ": " + problem(e);
  }

  private static String problem(JsonProcessingException e) {
    String said = String.valueOf(e.getOriginalMessage());
    if (e instanceof JsonEOFException || said.startsWith("Unexpected end-of-input")) {
      return "the file ends too early; it was cut off, or a bracket is missing";
    }
    if (e instanceof StreamConstraintsException) {
      return "something is nested too deep, or too long, for any file of this kind";
    }
    if (e instanceof JsonParseException) {
      return said.startsWith("Duplicate field")
          ? said.replace("Duplicate field", "there are two fields")
          : "this is not JSON: " + CHARACTER_CODE.matcher(said).replaceAll("");
    }
    return e instanceof JsonMappingException mapping ? mismatch(mapping, said) : said;
  }

  private static String mismatch(JsonMappingException e, String said) {
    String where = path(e);
    Matcher missing = MISSING.matcher(said.lines().findFirst().orElse(""));
    if (missing.matches()) {
      return (where.isEmpty() ? missing.group(2) + ": " : where)
          + (missing.group(1).equals("Missing")
              ? "this field is missing"
              : "this field should not be null");
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> known = unknown.getKnownPropertyIds();
      return where
          + "there is no field '"
          + unknown.getPropertyName()
          + "'"
          + (known == null ? "" : "; there are " + new TreeSet<>(known));
    }
    if (e instanceof InvalidNullException) {
      return where + "null is not allowed";
    }
    if (said.startsWith("Trailing token")) {
      return "something follows the end of the JSON text";
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return where + "expected " + form(mismatch.getTargetType());
    }
    Throwable cause = e.getCause();
    return where
        + (cause == null || cause.getMessage() == null
            ? "this is not what was expected"
            : cause.getMessage());
  }

  /** The way from the top to where it is, such as {@code models[0].pinned: }. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String form(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list [..]";
    }
    if (type == String.class) {
      return "a string \"..\"";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type)
        ? "a number"
        : "an object {..}";
  }
}
