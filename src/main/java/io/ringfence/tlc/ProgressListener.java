package io.ringfence.tlc;

/** Hears how far TLC has come, about once a minute and at the end, on a thread of the runner. */
@FunctionalInterface
public interface ProgressListener {
  /** A listener that does nothing. */
  ProgressListener NONE = (generated, distinct, queue) -> {};

  /**
   * Take note of the counts so far.
   *
   * @param generated states generated, repetitions included
   * @param distinct distinct states found
   * @param queue states found but not yet explored
   */
  void progress(long generated, long distinct, long queue);
}
