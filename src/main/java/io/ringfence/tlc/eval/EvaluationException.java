package io.ringfence.tlc.eval;

/** Thrown when TLC cannot read a model or evaluate an expression of it; the message says where. */
public sealed class EvaluationException extends RuntimeException permits UnreadableModelException {
  private static final long serialVersionUID = 1L;

  /** Create an exception that a person can act on. */
  public EvaluationException(String message) {
    super(message);
  }

  /** Create an exception that a person can act on, with its cause. */
  public EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }
}
