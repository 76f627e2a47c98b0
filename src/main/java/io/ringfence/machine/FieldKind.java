package io.ringfence.machine;

/** How the bytes of a field are to be read. */
public enum FieldKind {
  /** An unsigned integer. */
  UNSIGNED,
  /** A two's complement integer. */
  SIGNED,
  /** A truth value: 0 or 1. */
  BOOLEAN,
  /** The address of an object, or 0. */
  POINTER,
  /** The address of a function, or 0. */
  FUNCTION,
  /** An embedded structure. */
  STRUCT
}
