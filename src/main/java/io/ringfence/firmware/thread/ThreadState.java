package io.ringfence.firmware.thread;

/** What a thread is doing. The ordinal is what lies in RAM. */
public enum ThreadState {
  /** There is no thread in this memory. */
  NONE,
  /** It was created and not started. */
  CREATED,
  /** It can run. */
  READY,
  /** It waits in the queue of a kernel object. */
  PENDING,
  /** It waits for something outside of the model, as a callback may. */
  BLOCKED,
  /** It was aborted, or killed. */
  DEAD;

  private static final ThreadState[] VALUES = values();

  /** Reads a state back from RAM. */
  public static ThreadState at(int ordinal) {
    return VALUES[ordinal];
  }
}
