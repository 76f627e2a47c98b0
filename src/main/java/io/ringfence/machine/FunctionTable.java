package io.ringfence.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives functions addresses in a text region, so that memory can hold function pointers. Immutable.
 *
 * @param <F> what a function is for whoever calls it
 */
public final class FunctionTable<F> {
  /** Distance between the entries of two functions, in bytes. */
  static final int ENTRY_BYTES = 16;

  private final int base;
  private final List<String> names;
  private final List<F> functions;

  private FunctionTable(Builder<F> builder) {
    this.base = builder.base;
    this.names = List.copyOf(builder.names);
    this.functions = List.copyOf(builder.functions);
  }

  /** Returns the function that starts at an address, or null. */
  public @Nullable F at(int address) {
    int index = index(address);
    return index < 0 ? null : functions.get(index);
  }

  /** Returns the name of the function that starts at an address, or null. */
  public @Nullable String nameAt(int address) {
    int index = index(address);
    return index < 0 ? null : names.get(index);
  }

  /**
   * Returns the address of a function.
   *
   * @throws IllegalArgumentException if there is no function of that name
   */
  public int address(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("There is no function " + name + " among " + names);
    }
    return base + index * ENTRY_BYTES;
  }

  private int index(int address) {
    int offset = address - base;
    return offset >= 0 && offset % ENTRY_BYTES == 0 && offset / ENTRY_BYTES < functions.size()
        ? offset / ENTRY_BYTES
        : -1;
  }

  /** Collects functions and gives each an address at once. */
  public static final class Builder<F> {
    private final int base;
    private final int size;
    private final List<String> names = new ArrayList<>();
    private final List<F> functions = new ArrayList<>();

    /** Places functions from {@code base} on, in {@code size} bytes. */
    public Builder(int base, int size) {
      this.base = base;
      this.size = size;
    }

    /**
     * Adds a function and returns its address.
     *
     * @throws IllegalArgumentException if the name is taken
     * @throws IllegalStateException if the text region is full
     */
    public int add(String name, F function) {
      if (names.contains(name)) {
        throw new IllegalArgumentException("Function " + name + " is already in the table");
      }
      if ((names.size() + 1) * ENTRY_BYTES > size) {
        throw new IllegalStateException("The text region has no room for function " + name);
      }
      names.add(name);
      functions.add(function);
      return base + (names.size() - 1) * ENTRY_BYTES;
    }

    /** Returns the table of all functions added so far. */
    public FunctionTable<F> build() {
      return new FunctionTable<>(this);
    }
  }
}
