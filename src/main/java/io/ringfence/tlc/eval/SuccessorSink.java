package io.ringfence.tlc.eval;

/** Receives the edges out of a state. */
@FunctionalInterface
public interface SuccessorSink {
  /**
   * Take one edge. The same edge can come more than once.
   *
   * @param actionIndex which action, see {@link Evaluator#actions()}
   * @param next where it leads
   */
  void edge(int actionIndex, SpecState next);
}
