package io.ringfence.firmware.kernel;

/** A loop of the firmware goes on and on: the running thread makes no more progress. */
public final class EndlessLoop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Carries no stack trace: such stops are ordinary events of an exploration. */
  public EndlessLoop(String message) {
    super(message, null, false, false);
  }
}
