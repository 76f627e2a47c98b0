package io.ringfence.junit;

import io.ringfence.tlc.ActionCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges which actions TLC took in a model that it has explored. */
final class ActionsTaken {
  private final List<ActionCount> actions;
  private final String model;

  ActionsTaken(List<ActionCount> actions, String model) {
    this.actions = actions;
    this.model = model;
  }

  /**
   * Return why not every action is as it should be, or null.
   *
   * @param neverTaken the operators whose actions may be dead, of which at least one has to be
   */
  @Nullable String failure(List<String> neverTaken) {
    if (actions.isEmpty()) {
      return "TLC did not say which actions it took in " + model + ".";
    }
    List<String> wrong = new ArrayList<>();
    for (ActionCount action : actions) {
      if (action.taken() == 0 && !neverTaken.contains(action.name())) {
        wrong.add(
            action
                + " is never taken. Correct what keeps it from happening, or add \""
                + action.name()
                + "\" to neverTaken of @ModelCheck.");
      }
    }
    for (String name : neverTaken) {
      List<ActionCount> named = actions.stream().filter(a -> a.name().equals(name)).toList();
      if (named.isEmpty()) {
        wrong.add("There is no action " + name + ". Correct neverTaken of @ModelCheck.");
      } else if (named.stream().allMatch(action -> action.taken() > 0)) {
        wrong.add(name + " is taken. Remove it from neverTaken of @ModelCheck.");
      }
    }
    return wrong.isEmpty()
        ? null
        : "Not every action is taken as expected in "
            + model
            + ", so that properties may hold only because nothing happens:\n\n"
            + String.join("\n", wrong);
  }
}
