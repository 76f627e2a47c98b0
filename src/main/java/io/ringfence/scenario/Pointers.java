package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.heap.CacheAliases;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pointers as the corpus writes them, and as addresses. */
final class Pointers {
  /** The bits of an address that are the same in both windows. */
  private static final int LOW_BITS = 0x1fffffff;

  /** Names in a scenario tell the windows apart, also where the build knows one only. */
  private static final CacheAliases ALIASES = new CacheAliases(true);

  /** A range of memory with a name; addresses are those of the low 29 bits. */
  private record Region(int base, int bytes, boolean cached) {}

  private final boolean twoWindows;
  private final Map<String, Region> regions = new LinkedHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  /**
   * Knows no region and no name.
   *
   * @param twoWindows whether there is a cached window at all
   */
  Pointers(boolean twoWindows) {
    this.twoWindows = twoWindows;
  }

  void region(String name, int base, int bytes, boolean cached) {
    regions.put(name, new Region(base, bytes, cached && twoWindows));
  }

  void name(String name, int address) {
    names.put(name, address);
  }

  int named(String name) {
    return names.getOrDefault(name, 0);
  }

  /** The first address of a region, in its usual window. */
  int start(String region) {
    Region found = regions.get(region);
    if (found == null) {
      throw new ScenarioFormatException("there is no region '" + region + "'", null);
    }
    return found.cached() ? ALIASES.cached(found.base()) : ALIASES.uncached(found.base());
  }

  /**
   * Reads {@code name}, {@code name+n}, {@code @region-n}, with {@code ~c} or {@code ~u}, or null.
   */
  int parse(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return 0;
    }
    String text = node.asText();
    int tilde = text.indexOf('~');
    String alias = tilde < 0 ? "" : text.substring(tilde + 1);
    String rest = tilde < 0 ? text : text.substring(0, tilde);
    int split = Math.max(rest.lastIndexOf('+'), rest.lastIndexOf('-'));
    int offset = split < 0 ? 0 : offset(rest.substring(split));
    String base = split < 0 ? rest : rest.substring(0, split);
    int address = (base.startsWith("@") ? start(base.substring(1)) : named(base)) + offset;
    return switch (alias) {
      case "c" -> ALIASES.cached(address);
      case "u" -> ALIASES.uncached(address);
      default -> address;
    };
  }

  private static int offset(String text) {
    try {
      return (int) Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ScenarioFormatException("'" + text + "' is no distance of a pointer", e);
    }
  }

  /** Writes an address as region, offset and alias. */
  JsonNode view(int address) {
    if (address == 0) {
      return JsonNodeFactory.instance.nullNode();
    }
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    int low = address & LOW_BITS;
    for (Map.Entry<String, Region> region : regions.entrySet()) {
      int offset = low - region.getValue().base();
      if (Integer.compareUnsigned(offset, region.getValue().bytes()) < 0) {
        view.put("region", region.getKey());
        view.put("offset", offset);
        view.put("alias", ALIASES.isCached(address) ? "cached" : "uncached");
        return view;
      }
    }
    return view.put("region", "none");
  }
}
