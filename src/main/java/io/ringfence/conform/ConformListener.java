package io.ringfence.conform;

/** Hears of the progress of a conformance check, from time to time. */
@FunctionalInterface
public interface ConformListener {
  /** Ignores everything. */
  ConformListener NONE = (states, edges, queue) -> {};

  /**
   * Takes note of the progress.
   *
   * @param states distinct states whose edges have been performed
   * @param edges edges performed so far
   * @param queue states found whose edges are still to be performed
   */
  void progress(long states, long edges, long queue);
}
