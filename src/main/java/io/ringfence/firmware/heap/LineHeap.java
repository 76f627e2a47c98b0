package io.ringfence.firmware.heap;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * A heap of whole cache lines whose bookkeeping lies apart from the memory that it hands out: what
 * the interim heap of a virtual region would have to be for a user module not to be able to damage
 * it (fix O-26). Two bits for each line say whether it is taken and whether it is the last one of a
 * block. Takes the first place that fits.
 */
final class LineHeap {
  private static final Struct.Builder LAYOUT = Struct.define("line_heap");
  private static final Field TAKEN = LAYOUT.struct("taken", BitArray.STRUCT);
  private static final Field LAST = LAYOUT.struct("last", BitArray.STRUCT);
  private static final Struct HEADER = LAYOUT.build();
  private static final int LINE = CacheAliases.LINE_BYTES;

  private final Cpu cpu;
  private final BitArray bits;

  LineHeap(Cpu cpu) {
    this.cpu = cpu;
    this.bits = new BitArray(cpu);
  }

  /** Size of the bookkeeping for so many lines, in bytes. */
  static int bytes(int lines) {
    return HEADER.size() + 2 * BitArray.bundleBytes(lines);
  }

  /** Starts with all lines from {@code first} on free; those before are not the heap's. */
  void init(int heap, int lines, int first) {
    int bundles = heap + HEADER.size();
    cpu.zero(bundles, 2 * BitArray.bundleBytes(lines));
    bits.init(heap + TAKEN.offset(), bundles, lines);
    bits.init(heap + LAST.offset(), bundles + BitArray.bundleBytes(lines), lines);
    if (first > 0) {
      bits.set(heap + TAKEN.offset(), 0, first, true);
      bits.set(heap + LAST.offset(), first - 1, 1, true);
    }
  }

  /**
   * Allocates.
   *
   * @param origin number of line 0 of the heap in the address space
   * @param align alignment of the block in bytes, a power of two
   * @return the first line of the block, or -1
   */
  int alloc(int heap, int origin, int bytes, int align) {
    int taken = heap + TAKEN.offset();
    int lines = bits.bits(taken);
    if (Integer.compareUnsigned(bytes, lines * LINE) > 0) {
      return -1;
    }
    int count = (bytes + LINE - 1) / LINE;
    int step = align / LINE;
    for (int line = Integer.remainderUnsigned(-origin, step); line + count <= lines; line += step) {
      if (bits.isCleared(taken, line, count)) {
        bits.set(taken, line, count, true);
        bits.set(heap + LAST.offset(), line + count - 1, 1, true);
        return line;
      }
    }
    return -1;
  }

  /** Frees the block that begins at a line; false if none does. */
  boolean free(int heap, int line) {
    int taken = heap + TAKEN.offset();
    int last = heap + LAST.offset();
    boolean begins =
        bits.test(taken, line)
            && (line == 0 || !bits.test(taken, line - 1) || bits.test(last, line - 1));
    if (!begins) {
      return false;
    }
    int end = line;
    while (!bits.test(last, end)) {
      end++;
    }
    bits.set(taken, line, end - line + 1, false);
    bits.set(last, end, 1, false);
    return true;
  }
}
