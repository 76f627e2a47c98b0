package io.ringfence.export;

import java.util.List;

/** A trace of one spec as calls in C. */
interface CFamily {
  /** The headers that declare what is called, without those of Zephyr. */
  List<String> includes();

  /** The objects and functions that the calls need, as lines of C. */
  List<String> declarations();

  /** The threads that the test creates. */
  List<CThread> threads();

  /** The name of a thread that the test does not create, as an expression of C. */
  default String otherThread() {
    return "\"ll0\"";
  }

  /**
   * What happens when the threads are created and before they run, as statements of C; {@code
   * ringfence_tids} has the threads in their order.
   */
  default List<String> preparation() {
    return List.of();
  }

  /**
   * Whether calls in progress go on when the trace is over, so that what they do shows, as they
   * always do where the trace has no end. Without that, nothing changes before the test has looked.
   */
  default boolean runsOn() {
    return false;
  }

  /** The steps in their order. */
  List<Turn> turns();

  /**
   * What is asked when all threads are where the trace ends, as statements of C. {@code followed}
   * is whether every step was taken.
   *
   * @param property the operator that is violated, fit for a format string
   */
  List<String> verdict(String property);

  /**
   * A thread.
   *
   * @param user whether it runs in user mode
   * @param core the number of its core, from 0
   */
  record CThread(String name, boolean user, int core) {
    /** A kernel thread, on the core that its name ends with. */
    static CThread named(String name) {
      return new CThread(name, false, core(name));
    }

    /** The core that a name ends with: 1, or else 0. */
    static int core(String name) {
      return name.endsWith("1") ? 1 : 0;
    }
  }
}
