package io.ringfence.machine;

import org.jspecify.annotations.Nullable;

/**
 * An access that the hardware, or the allocation shadow, refused. The access had no effect.
 *
 * <p>Carries no Java stack trace: faults are ordinary events of an exploration, and what matters is
 * where in the firmware they happened.
 */
public final class MemoryFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FaultKind kind;
  private final Access access;
  private final int address;
  private final int size;
  private final Mode mode;
  private final int thread;

  MemoryFault(FaultKind kind, Access access, int address, int size, Mode mode, int thread) {
    super(null, null, false, false);
    this.kind = kind;
    this.access = access;
    this.address = address;
    this.size = size;
    this.mode = mode;
    this.thread = thread;
  }

  /** Returns why the access was refused. */
  public FaultKind kind() {
    return kind;
  }

  /** Returns what was attempted. */
  public Access access() {
    return access;
  }

  /** Returns the address of the first byte that was refused. */
  public int address() {
    return address;
  }

  /** Returns the size of the access in bytes. */
  public int size() {
    return size;
  }

  /** Returns the mode in which the access was attempted. */
  public Mode mode() {
    return mode;
  }

  /** Returns the address of the thread object on whose behalf the CPU ran, 0 for none. */
  public int thread() {
    return thread;
  }

  @Override
  public String getMessage() {
    return text(null);
  }

  /** Describes the fault in one sentence, with the object that was hit and the thread by name. */
  public String describe(MemoryMap map) {
    return text(map);
  }

  private String text(@Nullable MemoryMap map) {
    return kind
        + ": "
        + (mode == Mode.USER ? "user" : "kernel")
        + "-mode "
        + switch (access) {
          case READ -> "read of " + size + (size == 1 ? " byte" : " bytes");
          case WRITE -> "write of " + size + (size == 1 ? " byte" : " bytes");
          case EXECUTE -> "call";
        }
        + " at "
        + place(address, map)
        + (thread == 0 ? "" : " by thread " + place(thread, map))
        + ": "
        + kind.reason();
  }

  private static String place(int address, @Nullable MemoryMap map) {
    String hex = String.format("0x%08x", address);
    return map == null ? hex : hex + " (" + map.describe(address) + ")";
  }
}
