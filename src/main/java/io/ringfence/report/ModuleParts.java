package io.ringfence.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which modules a module is made of. */
public final class ModuleParts {
  private static final Pattern PARTS = Pattern.compile("(?m)^EXTENDS (.*)$|\\bINSTANCE (\\w+)");

  private ModuleParts() {}

  /** The modules that a text extends or makes instances of, standard modules included. */
  static List<String> named(String text) {
    Set<String> parts = new LinkedHashSet<>();
    Matcher matcher = PARTS.matcher(text);
    while (matcher.find()) {
      String names = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      parts.addAll(List.of(names.trim().split("\\s*,\\s*", -1)));
    }
    return List.copyOf(parts);
  }

  /**
   * A module with all that it is made of, the nearest first.
   *
   * @param modules the texts of the modules that there are, by name; others are left out
   */
  public static Set<String> closure(Map<String, String> modules, String module) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> queue = new ArrayDeque<>(List.of(module));
    while (!queue.isEmpty()) {
      String next = queue.poll();
      String text = modules.get(next);
      if (text != null && found.add(next)) {
        queue.addAll(named(text));
      }
    }
    return found;
  }
}
