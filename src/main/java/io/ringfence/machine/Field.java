package io.ringfence.machine;

import org.jspecify.annotations.Nullable;

/**
 * A named member of a {@link Struct}.
 *
 * @param name the name in C
 * @param offset from the start of the structure, in bytes
 * @param size in bytes
 * @param kind how to read it
 * @param struct the layout of an embedded structure, else null
 */
public record Field(String name, int offset, int size, FieldKind kind, @Nullable Struct struct) {
  /** Returns the address of this field in the structure at {@code base}. */
  public int in(int base) {
    return base + offset;
  }

  /** Returns the address of the structure that contains the field at an address (container_of). */
  public int container(int address) {
    return address - offset;
  }

  boolean isSigned() {
    return kind == FieldKind.SIGNED;
  }
}
