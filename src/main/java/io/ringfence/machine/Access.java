package io.ringfence.machine;

import java.util.Collection;

/** A kind of memory access, and at the same time the right to make it. */
public enum Access {
  /** Load data. */
  READ(1),
  /** Store data. */
  WRITE(2),
  /** Fetch instructions, that is: call a function there. */
  EXECUTE(4);

  private final int bit;

  Access(int bit) {
    this.bit = bit;
  }

  /** Returns the bit that stands for this access in a page table entry. */
  int bit() {
    return bit;
  }

  /** Returns the page table bits of all given accesses. */
  static int bits(Collection<Access> rights) {
    int bits = 0;
    for (Access access : rights) {
      bits |= access.bit;
    }
    return bits;
  }
}
