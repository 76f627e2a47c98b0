package io.ringfence.firmware.heap;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * Zephyr's {@code sys_bitarray}: bits in RAM, of which runs are allocated and freed. Stateless; an
 * array is named by the address of its structure.
 */
public final class BitArray {
  private static final Struct.Builder LAYOUT = Struct.define("sys_bitarray");

  /** Number of bits. */
  static final Field NUM_BITS = LAYOUT.u32("num_bits");

  /** Number of words that hold them. */
  static final Field NUM_BUNDLES = LAYOUT.u32("num_bundles");

  /** Address of the words. */
  static final Field BUNDLES = LAYOUT.pointer("bundles");

  /** The layout. */
  public static final Struct STRUCT = LAYOUT.build();

  private static final int BUNDLE_BITS = 32;

  private final Cpu cpu;

  /** Works on the arrays in the RAM of a processor. */
  public BitArray(Cpu cpu) {
    this.cpu = cpu;
  }

  /** How many bytes the bits of an array take. */
  public static int bundleBytes(int bits) {
    return (bits + BUNDLE_BITS - 1) / BUNDLE_BITS * 4;
  }

  /**
   * Makes an array.
   *
   * @param bundles where its bits lie, {@link #bundleBytes} of zeroes if they are to be clear
   */
  public void init(int array, int bundles, int bits) {
    cpu.store(NUM_BITS, array, bits);
    cpu.store(NUM_BUNDLES, array, bundleBytes(bits) / 4);
    cpu.store(BUNDLES, array, bundles);
  }

  int bits(int array) {
    return cpu.load(NUM_BITS, array);
  }

  boolean test(int array, int bit) {
    int word = cpu.load32(cpu.load(BUNDLES, array) + 4 * (bit / BUNDLE_BITS));
    return (word >>> bit % BUNDLE_BITS & 1) != 0;
  }

  void set(int array, int first, int count, boolean value) {
    int bundles = cpu.load(BUNDLES, array);
    for (int bit = first; bit < first + count; bit++) {
      int address = bundles + 4 * (bit / BUNDLE_BITS);
      int mask = 1 << bit % BUNDLE_BITS;
      int word = cpu.load32(address);
      cpu.store32(address, value ? word | mask : word & ~mask);
    }
  }

  /** Whether all bits of a range are clear; not so for a range that is empty or out of range. */
  boolean isCleared(int array, int first, int count) {
    return isAll(array, first, count, false);
  }

  private boolean isAll(int array, int first, int count, boolean value) {
    if (count <= 0 || first < 0 || (long) first + count > bits(array)) {
      return false;
    }
    for (int bit = first; bit < first + count; bit++) {
      if (test(array, bit) != value) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sets a run of clear bits.
   *
   * <p>Up to 32 bits: the gap that fits best, looked for from the top; a gap of exactly the size
   * ends the search. More than 32 bits: the first gap from the bottom.
   *
   * @return index of the first bit, or a negative error number
   */
  public int allocate(int array, int count) {
    int first = bits(array) <= BUNDLE_BITS ? bestGap(array, count) : firstGap(array, count);
    if (first >= 0) {
      set(array, first, count, true);
    }
    return first;
  }

  private int bestGap(int array, int count) {
    int best = -Errno.ENOSPC;
    int bestSize = Integer.MAX_VALUE;
    int bit = bits(array) - 1;
    while (bit >= 0) {
      if (test(array, bit)) {
        bit--;
        continue;
      }
      int end = bit;
      while (bit >= 0 && !test(array, bit)) {
        bit--;
      }
      int size = end - bit;
      if (size == count) {
        return bit + 1;
      }
      if (size > count && size < bestSize) {
        best = bit + 1;
        bestSize = size;
      }
    }
    return best;
  }

  private int firstGap(int array, int count) {
    int run = 0;
    for (int bit = 0; bit < bits(array); bit++) {
      run = test(array, bit) ? 0 : run + 1;
      if (run == count) {
        return bit - count + 1;
      }
    }
    return -Errno.ENOSPC;
  }

  /** Clears a run of bits that are all set, or returns {@code -EFAULT}. */
  public int free(int array, int first, int count) {
    if (!isAll(array, first, count, true)) {
      return -Errno.EFAULT;
    }
    set(array, first, count, false);
    return 0;
  }
}
