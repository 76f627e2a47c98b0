package io.ringfence.firmware.trust;

import java.util.Locale;

/** The next step of a routine. The ordinal is what lies in RAM. */
public enum Step {
  /** No routine runs. */
  IDLE,
  /** Give the semaphore of the LL thread. */
  GIVE,
  /** Call the operation of a scheduler. */
  CALL,
  /** Lock a mutex. */
  LOCK,
  /** Look whether the task may be scheduled. */
  CHECK,
  /** Link the task. */
  INSERT,
  /** Unlink the task. */
  UNLINK,
  /** Count the task down. */
  COUNT,
  /** Call an operation of the domain. */
  DOMAIN,
  /** Mark the private data of the task as about to be freed. */
  MARK,
  /** Check who has the lock. */
  RELEASE,
  /** Unlock a mutex. */
  UNLOCK,
  /** Wait until the task is done. */
  WAIT,
  /** Look which semaphore the private data of the task names. */
  LOOK,
  /** Free the private data of the task. */
  FREE,
  /** Store the handle of the semaphore of a task. */
  STORE,
  /** Initialize the semaphore of a task. */
  SEM,
  /** Append the node. */
  APPEND,
  /** Set the event. */
  EVENT,
  /** Take the semaphore. */
  TAKE,
  /** Copy the reply. */
  REPLY,
  /** Allocate the LL thread. */
  THREAD,
  /** Create the LL thread and remember it. */
  RECORD;

  private static final Step[] VALUES = values();

  /** The name in the specification. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a step back from RAM. */
  public static Step at(int ordinal) {
    return VALUES[ordinal];
  }
}
