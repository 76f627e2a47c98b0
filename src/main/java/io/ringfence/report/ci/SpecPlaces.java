package io.ringfence.report.ci;

import io.ringfence.report.ModuleParts;
import io.ringfence.report.TlaText;
import io.ringfence.verify.RunRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the specs define their operators. */
final class SpecPlaces {
  private final Map<String, String> modules;
  private final Map<String, Set<String>> within = new HashMap<>();
  private final Map<String, Map<String, Place>> defined = new HashMap<>();

  SpecPlaces(RunRecord run) {
    this.modules = run.sources().modules();
  }

  /**
   * A name in a file.
   *
   * @param file relative to the checkout, with forward slashes
   * @param line from 1
   * @param column of its first character, from 1
   * @param endColumn after its last character
   */
  record Place(String file, int line, int column, int endColumn) {}

  /** Where a spec, or a module that it is made of, defines an operator; null if none does. */
  @Nullable Place find(String spec, String operator) {
    // Asked for each step of each counterexample: the closure must not be searched for each time.
    for (String module : within.computeIfAbsent(spec, name -> ModuleParts.closure(modules, name))) {
      Place place =
          defined
              .computeIfAbsent(module, name -> places(name, modules.getOrDefault(name, "")))
              .get(operator);
      if (place != null) {
        return place;
      }
    }
    return null;
  }

  private static Map<String, Place> places(String module, String text) {
    Map<String, Place> places = new HashMap<>();
    List<TlaText.Line> lines = TlaText.lines(text);
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).defines();
      if (!name.isEmpty()) {
        int column = 1;
        for (TlaText.Piece piece : lines.get(i).pieces()) {
          if (piece.kind() == TlaText.Kind.DEFINED) {
            break;
          }
          column += piece.text().length();
        }
        places.putIfAbsent(
            name, new Place("spec/" + module + ".tla", i + 1, column, column + name.length()));
      }
    }
    return places;
  }
}
