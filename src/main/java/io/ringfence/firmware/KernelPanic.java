package io.ringfence.firmware;

/** The kernel called {@code k_panic}. */
public final class KernelPanic extends FirmwareStop {
  private static final long serialVersionUID = 1L;

  /** Says what was found wrong. */
  public KernelPanic(String message) {
    super(message);
  }

  @Override
  public StopReason reason() {
    return StopReason.PANIC;
  }
}
