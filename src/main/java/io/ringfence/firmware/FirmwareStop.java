package io.ringfence.firmware;

/**
 * The firmware stopped the running thread, or the whole system, by its own decision.
 *
 * <p>Nothing that the thread held is released. Carries no Java stack trace: such stops are ordinary
 * events of an exploration.
 */
public abstract sealed class FirmwareStop extends RuntimeException
    permits KernelPanic, KernelAssert, KernelOops {
  private static final long serialVersionUID = 1L;

  FirmwareStop(String message) {
    super(message, null, false, false);
  }

  /** Returns what kind of stop this is. */
  public abstract StopReason reason();
}
