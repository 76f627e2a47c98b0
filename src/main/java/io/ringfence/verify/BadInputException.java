package io.ringfence.verify;

/** The manifest, a configuration or a trace is not as it should be: exit code 2. */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, where, and what to do. */
  public BadInputException(String message) {
    super(message);
  }

  /** Says what is wrong, where, and what to do, with the cause. */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
