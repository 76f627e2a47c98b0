package io.ringfence.firmware.trust;

import java.util.Locale;

/** What the kernel did to an object. The ordinal is what lies in RAM. */
public enum Touch {
  /** Nothing. */
  NONE,
  /** Gave a semaphore. */
  GIVE,
  /** Called a function. */
  CALL,
  /** Locked a mutex. */
  LOCK,
  /** Unlocked a mutex. */
  UNLOCK,
  /** Linked a task before another one. */
  INSERT,
  /** Unlinked a task from the one after it. */
  UNLINK,
  /** Called an operation of the domain. */
  DOMAIN,
  /** Failed an assertion. */
  ASSERT,
  /** Panicked. */
  PANIC,
  /** Initialized a semaphore. */
  INIT,
  /** Appended to a list. */
  APPEND,
  /** Stored into a structure. */
  STORE,
  /** Set an event. */
  SET,
  /** Took a semaphore. */
  TAKE,
  /** Copied to a buffer. */
  COPY,
  /** Created a thread. */
  CREATE,
  /** Loaded from a structure. */
  LOAD,
  /** Freed a block. */
  FREE,
  /** Freed a block to a heap. */
  HEAP,
  /** Permitted a thread to use an object. */
  GRANT;

  private static final Touch[] VALUES = values();

  /** The name in the specification. */
  public String text() {
    return this == NONE ? "-" : name().toLowerCase(Locale.ROOT);
  }

  /** Reads it back from RAM. */
  public static Touch at(int ordinal) {
    return VALUES[ordinal];
  }
}
