package io.ringfence.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * The layout of a C structure on a 32-bit target with natural alignment.
 *
 * @param name the tag in C
 * @param size in bytes, padding at the end included
 * @param alignment in bytes
 * @param fields all members, in the order of their offsets
 */
public record Struct(String name, int size, int alignment, List<Field> fields) {
  /** Size of a pointer in bytes. */
  public static final int POINTER_BYTES = 4;

  /** Copies the fields. */
  public Struct {
    fields = List.copyOf(fields);
  }

  /** Starts a layout. */
  public static Builder define(String name) {
    return new Builder(name);
  }

  /**
   * Returns a member by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Field field(String fieldName) {
    for (Field field : fields) {
      if (field.name().equals(fieldName)) {
        return field;
      }
    }
    throw new IllegalArgumentException("struct " + name + " has no field " + fieldName);
  }

  /** Adds members one after the other; each method returns the member that it added. */
  public static final class Builder {
    private final String name;
    private final List<Field> fields = new ArrayList<>();
    private int end;
    private int alignment = 1;

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a {@code uint8_t}. */
    public Field u8(String field) {
      return add(field, 1, 1, FieldKind.UNSIGNED);
    }

    /** Adds a {@code uint16_t}. */
    public Field u16(String field) {
      return add(field, 2, 2, FieldKind.UNSIGNED);
    }

    /** Adds an {@code int16_t}. */
    public Field s16(String field) {
      return add(field, 2, 2, FieldKind.SIGNED);
    }

    /** Adds a {@code uint32_t}, {@code size_t} or unsigned enumeration. */
    public Field u32(String field) {
      return add(field, 4, 4, FieldKind.UNSIGNED);
    }

    /** Adds an {@code int32_t} or {@code int}. */
    public Field s32(String field) {
      return add(field, 4, 4, FieldKind.SIGNED);
    }

    /** Adds a {@code uint64_t}. */
    public Field u64(String field) {
      return add(field, 8, 8, FieldKind.UNSIGNED);
    }

    /** Adds a {@code bool} of one byte. */
    public Field bool(String field) {
      return add(field, 1, 1, FieldKind.BOOLEAN);
    }

    /** Adds a pointer to an object. */
    public Field pointer(String field) {
      return add(field, POINTER_BYTES, POINTER_BYTES, FieldKind.POINTER);
    }

    /** Adds a pointer to a function. */
    public Field function(String field) {
      return add(field, POINTER_BYTES, POINTER_BYTES, FieldKind.FUNCTION);
    }

    /** Adds an embedded structure. */
    public Field struct(String field, Struct struct) {
      return place(
          new Field(field, align(struct.alignment), struct.size, FieldKind.STRUCT, struct));
    }

    /** Adds an array of 32-bit words. */
    public Field words(String field, int count) {
      return place(new Field(field, align(4), 4 * count, FieldKind.UNSIGNED, null));
    }

    /** Returns the layout of all members added so far. */
    public Struct build() {
      return new Struct(name, align(alignment), alignment, fields);
    }

    private Field add(String field, int size, int fieldAlignment, FieldKind kind) {
      return place(new Field(field, align(fieldAlignment), size, kind, null));
    }

    private Field place(Field field) {
      fields.add(field);
      end = field.offset() + field.size();
      return field;
    }

    private int align(int boundary) {
      alignment = Math.max(alignment, boundary);
      return (end + boundary - 1) & -boundary;
    }
  }
}
