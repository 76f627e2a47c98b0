package io.ringfence.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;

/**
 * The properties of the specs, read from the specs: a property is the definition that follows a
 * comment {@code \* OWN-3 SideFunction: sentence.}, or {@code \* Sentence.} if it has no id of its
 * own.
 */
public final class PropertyCatalogue {
  private static final Pattern HEADING =
      Pattern.compile("\\\\\\* ([A-Z]+-\\d+) (\\w+)(?:, [^:]*)?: (.*)");
  private static final Pattern COMMENT = Pattern.compile("\\\\\\* ?(.*)");
  private static final Pattern DEFINITION = Pattern.compile("(\\w+)(?:\\([^)]*\\))? ==.*");

  /** A property as the spec states it. */
  public record Entry(
      String id,
      String name,
      String operator,
      String spec,
      int line,
      String statement,
      String text) {}

  private PropertyCatalogue() {}

  /**
   * Reads the properties of a spec.
   *
   * @param operators the operators to describe, for example those of a configuration; one without a
   *     heading is its own id
   */
  public static List<Entry> read(Path spec, List<String> operators) {
    List<String> lines;
    try {
      lines = Files.readAllLines(spec);
    } catch (IOException e) {
      throw new BadInputException(spec + ": cannot be read", e);
    }
    Map<String, Entry> entries = headed(spec, lines);
    List<Entry> found = new ArrayList<>();
    for (String operator : operators) {
      Entry entry = entries.get(operator);
      found.add(entry == null ? plain(spec, lines, operator) : entry);
    }
    return found;
  }

  private static Map<String, Entry> headed(Path spec, List<String> lines) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher heading = HEADING.matcher(lines.get(i));
      if (!heading.matches()) {
        continue;
      }
      StringBuilder statement = new StringBuilder(StringUtils.capitalize(heading.group(3)));
      int at = i + 1;
      for (; at < lines.size(); at++) {
        Matcher comment = COMMENT.matcher(lines.get(at));
        if (!comment.matches()) {
          break;
        }
        statement.append(' ').append(comment.group(1));
      }
      int property = lastDefinition(lines, at);
      Matcher definition = DEFINITION.matcher(lines.get(property));
      if (definition.matches()) {
        entries.put(
            definition.group(1),
            new Entry(
                heading.group(1),
                heading.group(2),
                definition.group(1),
                spec.getFileName().toString(),
                property + 1,
                statement.toString(),
                text(lines, at)));
      }
    }
    return entries;
  }

  /** Helper definitions can stand between the heading and the property itself, which comes last. */
  private static int lastDefinition(List<String> lines, int from) {
    int last = from;
    for (int i = from; i < lines.size() && !lines.get(i).isBlank(); i++) {
      if (DEFINITION.matcher(lines.get(i)).matches()) {
        last = i;
      }
    }
    return last;
  }

  private static Entry plain(Path spec, List<String> lines, String operator) {
    int line = 0;
    while (line < lines.size() && !lines.get(line).startsWith(operator + " ==")) {
      line++;
    }
    boolean found = line < lines.size();
    return new Entry(
        operator,
        operator,
        operator,
        spec.getFileName().toString(),
        found ? line + 1 : 0,
        found ? commentAbove(lines, line) : "",
        found ? text(lines, line) : "");
  }

  private static String commentAbove(List<String> lines, int definition) {
    Deque<String> words = new ArrayDeque<>();
    for (int i = definition - 1; i >= 0; i--) {
      Matcher comment = COMMENT.matcher(lines.get(i));
      if (!comment.matches()) {
        break;
      }
      words.addFirst(comment.group(1));
    }
    return String.join(" ", words);
  }

  private static String text(List<String> lines, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < lines.size() && !lines.get(i).isBlank(); i++) {
      text.append(lines.get(i)).append('\n');
    }
    return text.toString();
  }
}
