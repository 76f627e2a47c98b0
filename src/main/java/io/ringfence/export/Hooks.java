package io.ringfence.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the firmware the labels of a spec stand, read from {@code hooks/SPEC.txt}: a label, a
 * colon, a function and what the label precedes; before it a star if interrupts may be masked.
 */
final class Hooks {
  private static final Pattern LINE = Pattern.compile("(\\*?)(\\w+): (\\S.*)");

  private final Map<String, Hook> hooks = new LinkedHashMap<>();

  private Hooks() {}

  /** A label, and where its hook stands. */
  private record Hook(boolean masked, String place) {}

  /** The hooks of a spec; none if all its steps are calls. */
  static Hooks of(String spec) {
    Hooks table = new Hooks();
    for (String line : TextResource.find("hooks/" + spec + ".txt").lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalStateException("hooks/" + spec + ".txt: " + line);
      }
      Hook hook = new Hook(!matcher.group(1).isEmpty(), matcher.group(3));
      if (table.hooks.put(matcher.group(2), hook) != null) {
        throw new IllegalStateException("hooks/" + spec + ".txt: twice: " + matcher.group(2));
      }
    }
    return table;
  }

  /** The labels, in their order. */
  Set<String> labels() {
    return hooks.keySet();
  }

  /**
   * Lines of text that say where hooks stand.
   *
   * @throws ExportException if it is not known of one
   */
  List<String> places(Set<String> labels) {
    for (String label : labels) {
      if (!hooks.containsKey(label)) {
        throw new ExportException("where a hook for " + label + " stands is not known");
      }
    }
    List<String> lines = new ArrayList<>();
    hooks.forEach(
        (label, hook) -> {
          if (labels.contains(label)) {
            lines.add((hook.masked() ? "* " : "  ") + label + ": " + hook.place());
          }
        });
    return lines;
  }

  /** Whether interrupts may be masked at one of these labels. */
  boolean anyMasked(Set<String> labels) {
    return hooks.entrySet().stream()
        .anyMatch(entry -> entry.getValue().masked() && labels.contains(entry.getKey()));
  }
}
