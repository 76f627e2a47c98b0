package io.ringfence.firmware.ll;

/** Memory was freed that is not an allocated block: most often for the second time. */
public final class InvalidFree extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int address;

  /** Carries no stack trace: such stops are ordinary events of an exploration. */
  InvalidFree(int address) {
    super(String.format("no allocated block starts at 0x%08x", address), null, false, false);
    this.address = address;
  }

  /** What was freed. */
  public int address() {
    return address;
  }
}
