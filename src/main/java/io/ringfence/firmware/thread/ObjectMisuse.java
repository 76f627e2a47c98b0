package io.ringfence.firmware.thread;

import io.ringfence.firmware.objects.ObjectType;

/** A kernel object was initialized while it was in use: what follows is undefined. */
public final class ObjectMisuse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ObjectType type;

  /** Carries no stack trace: such stops are ordinary events of an exploration. */
  public ObjectMisuse(ObjectType type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  /** What kind of object. */
  public ObjectType type() {
    return type;
  }
}
