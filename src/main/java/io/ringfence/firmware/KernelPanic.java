package io.ringfence.firmware;

/** The kernel called {@code k_panic}. */
public final class KernelPanic extends FirmwareStop {
  private static final long serialVersionUID = 1L;

  private final boolean logged;

  /** Says what was found wrong. */
  public KernelPanic(String message) {
    this(message, false);
  }

  /**
   * Says what was found wrong.
   *
   * @param logged whether the C code logs an error before it panics
   */
  public KernelPanic(String message, boolean logged) {
    super(message);
    this.logged = logged;
  }

  /** Whether the C code logs an error before it panics. */
  public boolean isLogged() {
    return logged;
  }

  @Override
  public StopReason reason() {
    return StopReason.PANIC;
  }
}
