package io.ringfence.machine;

/**
 * The allocation shadow of a {@link Ram}: for each byte a {@link ShadowState}, and whether its last
 * store was made in user mode. Part of snapshots, undo and the content hash.
 */
public final class Shadow {
  private static final ShadowState[] STATES = ShadowState.values();

  /** The bits of a shadow byte that hold the ordinal of the state. */
  static final int STATE_BITS = 0x3;

  static final int UNALLOCATED = ShadowState.UNALLOCATED.ordinal();
  static final int LIVE = ShadowState.LIVE.ordinal();
  static final int UNINITIALIZED = ShadowState.UNINITIALIZED.ordinal();
  static final int FREED = ShadowState.FREED.ordinal();

  /** The bit of a shadow byte that says that its last store was made in user mode. */
  static final int USER_WRITTEN = 0x4;

  private final Ram ram;
  private boolean frozen;

  Shadow(Ram ram) {
    this.ram = ram;
  }

  /**
   * Keeps the shadow as it is, whatever heaps allocate and release from now on: for runs that are
   * compared with those of a machine without a shadow, where memory that was freed can be used. Not
   * undone by anything.
   */
  public void freeze() {
    frozen = true;
  }

  /** Makes a range an allocated block that was not written yet. */
  public void allocate(int address, int length) {
    mark(address, length, UNINITIALIZED);
  }

  /** Makes a range memory that belongs to no block, such as that of a heap that starts empty. */
  public void withhold(int address, int length) {
    mark(address, length, UNALLOCATED);
  }

  /** Makes a range freed memory. */
  public void release(int address, int length) {
    mark(address, length, FREED);
  }

  /** Makes a range an initialized object for the whole run. */
  public void declareStatic(int address, int length) {
    mark(address, length, LIVE);
  }

  private void mark(int address, int length, int state) {
    if (!frozen) {
      ram.fillShadow(address, length, state);
    }
  }

  /** Returns the state of a byte. */
  public ShadowState state(int address) {
    return STATES[ram.shadow8(address) & STATE_BITS];
  }

  /** Tells whether the last store to a byte was made in user mode. */
  public boolean isUserWritten(int address) {
    return (ram.shadow8(address) & USER_WRITTEN) != 0;
  }
}
