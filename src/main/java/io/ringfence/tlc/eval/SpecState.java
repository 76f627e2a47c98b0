package io.ringfence.tlc.eval;

/**
 * A state of a specification, known only to the {@link Evaluator} that made it. Two objects can be
 * the same state; {@link Evaluator#fingerprint} tells.
 */
public interface SpecState {}
