package io.ringfence.report;

import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list after one step.
 *
 * @param there whether there is such a list
 * @param chips its items in order, then those that are gone since the step before
 * @param broken why its walk does not come back to the head; empty if it does
 * @param news whether that is new
 * @param moved whether items that stayed changed places
 */
public record ListCell(
    boolean there, List<Chip> chips, String broken, boolean news, boolean moved) {

  /** What became of an item in a step. */
  public enum Change {
    /** Nothing. */
    SAME,
    /** It was not there before. */
    NEW,
    /** Its state is another one. */
    CHANGED,
    /** It is not there any more. */
    GONE
  }

  /** An item. */
  public record Chip(String name, String state, Change change) {}

  /** An item that a walk meets more than once is told apart by how often it was met before. */
  private record Place(String name, int occurrence) {}

  /** A list that does not exist. */
  static final ListCell NONE = new ListCell(false, List.of(), "", false, false);

  /**
   * Compares a list with itself before.
   *
   * @param before the list before the step, or null if there is no step before
   */
  static ListCell of(ItemList now, @Nullable ItemList before) {
    Map<Place, Item> items = places(now);
    Map<Place, Item> old = before == null ? items : places(before);
    List<Chip> chips = new ArrayList<>();
    items.forEach(
        (place, item) -> chips.add(new Chip(item.name(), item.state(), change(old, place, item))));
    old.forEach(
        (place, item) -> {
          if (!items.containsKey(place)) {
            chips.add(new Chip(item.name(), item.state(), Change.GONE));
          }
        });
    boolean news = before != null && !before.broken().equals(now.broken());
    return new ListCell(
        true, chips, now.broken(), news, !common(items, old).equals(common(old, items)));
  }

  private static Change change(Map<Place, Item> old, Place place, Item item) {
    Item was = old.get(place);
    if (was == null) {
      return Change.NEW;
    }
    return was.equals(item) ? Change.SAME : Change.CHANGED;
  }

  private static List<Place> common(Map<Place, Item> items, Map<Place, Item> others) {
    return items.keySet().stream().filter(others::containsKey).toList();
  }

  private static Map<Place, Item> places(ItemList list) {
    Map<Place, Item> places = new LinkedHashMap<>();
    Map<String, Integer> met = new HashMap<>();
    for (Item item : list.items()) {
      places.put(new Place(item.name(), met.merge(item.name(), 1, Integer::sum)), item);
    }
    return places;
  }
}
