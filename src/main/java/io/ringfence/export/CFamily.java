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
  record CThread(String name, boolean user, int core) {}
}
