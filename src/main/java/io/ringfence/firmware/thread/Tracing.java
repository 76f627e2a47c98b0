package io.ringfence.firmware.thread;

/**
 * What the firmware tells whoever traces it, as Zephyr's tracing hooks do, and the one thing that a
 * tracer may decide: that an allocation fails. All arguments are addresses.
 */
public interface Tracing {
  /** Traces nothing; every allocation is made if there is room. */
  Tracing NONE = new Tracing() {};

  /** In place of a heap: the pool of kernel objects. */
  int OBJECT_POOL = -1;

  /**
   * Asks whether an allocation is to fail, before it is made.
   *
   * @param what the kind of object
   * @param subject what it is for: a task, a thread, an LL instance; or a scheduler type
   */
  default boolean failsAllocation(String what, int subject) {
    return false;
  }

  /**
   * An object was allocated.
   *
   * @param heap its {@code k_heap}, 0 for the system heap, or {@link #OBJECT_POOL}
   * @param flags as given to the allocator
   */
  default void allocated(String what, int subject, int address, int heap, int flags) {}

  /** An allocation failed. */
  default void allocationFailed(String what, int subject, int heap) {}

  /** An object was released. */
  default void released(int address) {}

  /** A thread got permission on a kernel object; 0 stands for no thread. */
  default void granted(int object, int thread) {}

  /** A thread was started. */
  default void threadStarted(int thread) {}

  /** A thread was aborted, by itself or by the processor's current thread. */
  default void threadAborted(int thread) {}

  /** A timer was started. */
  default void timerStarted(int timer) {}

  /** A timer was stopped. */
  default void timerStopped(int timer) {}

  /** A semaphore was given; 0 if that woke no thread. */
  default void semaphoreGiven(int semaphore, int woken) {}

  /**
   * The current thread begins to wait.
   *
   * @param timeoutMicros how long at most, negative for ever
   */
  default void waits(int object, int timeoutMicros) {}

  /** A scheduler that a client registered was asked to do something with a task. */
  default void clientScheduler(String operation, int task) {}

  /** An error was logged. */
  default void error(String message) {}

  /** A warning was logged. */
  default void warning(String message) {}
}
