package io.ringfence.firmware;

/** A system call verifier refused the arguments and killed the calling user thread. */
public final class KernelOops extends FirmwareStop {
  private static final long serialVersionUID = 1L;

  private final int object;

  /** Says what was found wrong. */
  public KernelOops(String message) {
    this(message, 0);
  }

  /**
   * Says what was found wrong.
   *
   * @param object address of the kernel object that the caller may not use
   */
  public KernelOops(String message, int object) {
    super(message);
    this.object = object;
  }

  /** The address of the kernel object that the caller may not use, 0 if it is not about one. */
  public int object() {
    return object;
  }

  @Override
  public StopReason reason() {
    return StopReason.OOPS;
  }
}
