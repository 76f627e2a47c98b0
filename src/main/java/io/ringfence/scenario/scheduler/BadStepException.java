package io.ringfence.scenario.scheduler;

/** A scenario asks for something that this program does not know. */
public final class BadStepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadStepException(String message) {
    super(message);
  }
}
