package io.ringfence.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What lies where: named regions, and the static objects in them, as a linker map tells. Immutable.
 */
public final class MemoryMap {
  private final List<Region> regions;
  private final List<Symbol> symbols;
  private final Map<String, Symbol> byName;

  private MemoryMap(Builder builder) {
    this.regions = List.copyOf(builder.regions);
    this.symbols = List.copyOf(builder.symbols);
    // Names repeat where one stands for several places; the first is meant.
    this.byName =
        symbols.stream().collect(Collectors.toUnmodifiableMap(Symbol::name, s -> s, (a, b) -> a));
  }

  /** Returns all regions, in the order in which they were added. */
  public List<Region> regions() {
    return regions;
  }

  /** Returns all static objects, in the order in which they were placed. */
  public List<Symbol> symbols() {
    return symbols;
  }

  /** Returns the region added last of those that contain an address, or null. */
  public @Nullable Region regionAt(int address) {
    Region found = null;
    for (Region region : regions) {
      found = region.contains(address) ? region : found;
    }
    return found;
  }

  /** Returns the static object at an address, or null. */
  public @Nullable Symbol symbolAt(int address) {
    for (Symbol symbol : symbols) {
      if (symbol.contains(address)) {
        return symbol;
      }
    }
    return null;
  }

  /**
   * Returns a static object by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Symbol symbol(String name) {
    Symbol symbol = byName.get(name);
    if (symbol == null) {
      throw new IllegalArgumentException("The memory map has no symbol " + name);
    }
    return symbol;
  }

  /** Names the object at an address, e.g. {@code _u_schedulers[1] in partition sysuser}. */
  public String describe(int address) {
    if (address == 0) {
      return "NULL";
    }
    Region region = regionAt(address);
    Symbol symbol = symbolAt(address);
    if (symbol != null) {
      return symbol.describe(address)
          + (region == null ? "" : " in " + region.kind() + " " + region.name());
    }
    return region == null
        ? "no known region"
        : region.kind() + " " + region.name() + "+" + (address - region.start());
  }

  /** Collects regions and places static objects in them. */
  public static final class Builder {
    private final int guardBytes;
    private final List<Region> regions = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();

    /** Places objects next to each other. */
    public Builder() {
      this(0);
    }

    /**
     * Keeps objects apart, so that what runs past the end of one does not hit the next.
     *
     * @param guardBytes how many bytes belong to nothing behind each object
     */
    public Builder(int guardBytes) {
      this.guardBytes = guardBytes;
    }

    /** Adds a region; of regions that overlap, descriptions use the one added last. */
    public Region region(String name, String kind, int start, int size) {
      Region region = new Region(name, kind, start, size);
      regions.add(region);
      return region;
    }

    /**
     * Places an array of objects after the last one in a region, aligned to 4 bytes.
     *
     * @throws IllegalStateException if the region has no room
     */
    public Symbol place(Region region, String name, int elementSize, int count) {
      int address = region.start();
      for (Symbol symbol : symbols) {
        if (region.contains(symbol.address())) {
          int end = symbol.element(symbol.count() - 1) + symbol.elementSize();
          address = Math.max(address, end + guardBytes);
        }
      }
      address = (address + 3) & -4;
      if (address - region.start() + elementSize * count > region.size()) {
        throw new IllegalStateException(
            String.format(
                "Region %s of %d bytes has no room for %s (%d x %d bytes)",
                region.name(), region.size(), name, count, elementSize));
      }
      Symbol symbol = new Symbol(name, address, elementSize, count);
      symbols.add(symbol);
      return symbol;
    }

    /** Returns the map of all that was added so far. */
    public MemoryMap build() {
      return new MemoryMap(this);
    }
  }
}
