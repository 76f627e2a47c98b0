package io.ringfence.firmware;

/** An assertion of the kernel failed. */
public final class KernelAssert extends FirmwareStop {
  private static final long serialVersionUID = 1L;

  /** Says what was found wrong. */
  public KernelAssert(String message) {
    super(message);
  }

  @Override
  public StopReason reason() {
    return StopReason.ASSERT;
  }
}
