package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs scenarios on the firmware, and compares what is observed with what was recorded. */
public final class ScenarioRunner {
  private ScenarioRunner() {}

  /**
   * Runs a scenario up to the first mismatch.
   *
   * <p>What follows a wild access, or undefined behavior of the recorded code, depended on memory
   * outside of the model; of such a step only the class of the fault is compared, and the rest of
   * the scenario is not run.
   *
   * @return the first mismatch, or null if all observations are as recorded
   * @throws ScenarioFormatException if the scenario has an operation that this program does not
   *     know
   */
  public static @Nullable Mismatch run(Scenario scenario) {
    Board board = Boards.open(scenario);
    for (int i = 0; i < scenario.steps().size(); i++) {
      JsonNode step = scenario.steps().get(i);
      JsonNode wanted = scenario.expected().get(i);
      ObjectNode seen = board.perform(step, wanted);
      boolean last = wanted.has("ub") || "wild-access".equals(wanted.path("fault").asText());
      List<String> fields = new ArrayList<>();
      if (last) {
        compare("fault", wanted.path("fault"), seen.path("fault"), fields);
      } else {
        compare("", board.comparable(wanted), board.comparable(seen), fields);
      }
      if (!fields.isEmpty()) {
        return new Mismatch(i, step.toString(), fields);
      }
      if (last) {
        return null;
      }
    }
    return null;
  }

  /** Goes into objects, so that a line names the member that differs and not the whole state. */
  private static void compare(String path, JsonNode wanted, JsonNode seen, List<String> fields) {
    if (wanted.equals(ScenarioRunner::compareLeaves, seen)) {
      return;
    }
    if (!wanted.isObject() || !seen.isObject()) {
      fields.add(path + ": recorded " + text(wanted) + ", firmware " + text(seen));
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    for (Iterator<String> i = wanted.fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    for (Iterator<String> i = seen.fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    for (String name : names) {
      compare(
          path.isEmpty() ? name : path + "." + name, wanted.path(name), seen.path(name), fields);
    }
  }

  /** Numbers are equal by value, however many bits a parser or we gave them. */
  private static int compareLeaves(JsonNode a, JsonNode b) {
    if (a.isIntegralNumber() && b.isIntegralNumber()) {
      return Long.compare(a.longValue(), b.longValue());
    }
    return a.equals(b) ? 0 : 1;
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
