package io.ringfence.firmware.objects;

/** {@code enum k_objects}, as far as it goes. The ordinal is what lies in RAM. */
public enum ObjectType {
  /** No object. */
  NONE,
  /** {@code K_OBJ_MUTEX}. */
  MUTEX,
  /** {@code K_OBJ_SEM}. */
  SEM,
  /** {@code K_OBJ_TIMER}. */
  TIMER,
  /** {@code K_OBJ_THREAD}. */
  THREAD;

  private static final ObjectType[] VALUES = values();

  /** Reads a type back from RAM. */
  public static ObjectType at(int ordinal) {
    return VALUES[ordinal];
  }
}
