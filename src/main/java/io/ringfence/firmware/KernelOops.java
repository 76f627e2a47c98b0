package io.ringfence.firmware;

/** A system call verifier refused the arguments and killed the calling user thread. */
public final class KernelOops extends FirmwareStop {
  private static final long serialVersionUID = 1L;

  /** Says what was found wrong. */
  public KernelOops(String message) {
    super(message);
  }

  @Override
  public StopReason reason() {
    return StopReason.OOPS;
  }
}
