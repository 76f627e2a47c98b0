package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.machine.Cpu;

/**
 * The chunk headers of a {@code z_heap}: where the fields lie, how wide they are, and the
 * arithmetic of chunk sizes. A heap is named by the address of its {@code z_heap}; a chunk by its
 * id, the distance from there in units of {@value #UNIT_BYTES} bytes; chunk 0 holds the {@code
 * z_heap} itself and doubles as "none".
 *
 * <p>Source of the layout: Zephyr {@code lib/heap/heap.h}. All accesses are untracked: headers are
 * not part of any block.
 *
 * <p>Here a block lies behind the header of its chunk; {@link ChunkTable} keeps the headers apart.
 */
class Chunks {
  /** Size of an allocation unit. */
  static final int UNIT_BYTES = 8;

  /** Heaps with more units have headers of 8 bytes. */
  private static final int MAX_SMALL_UNITS = 0x7fff;

  /**
   * What stands for the logarithm of zero, which a damaged size makes the C code take. There the
   * result is undefined; here it names a bucket so far away that using it faults.
   */
  private static final int UNDEFINED_BUCKET = 0x1fffffff;

  private static final int END_CHUNK = 8;

  // Numbers of the fields in a chunk header; the width depends on the heap.
  private static final int LEFT_SIZE = 0;
  private static final int SIZE_AND_USED = 1;
  private static final int FREE_PREV = 2;
  private static final int FREE_NEXT = 3;

  private final Cpu cpu;
  private final boolean bigOnly;
  private final Design design;

  // What the C code computes from end_chunk each time, for the heap in use.
  private int end;
  private boolean big;
  private int minUnits;

  Chunks(Cpu cpu, boolean bigOnly, Design design) {
    this.cpu = cpu;
    this.bigOnly = bigOnly;
    this.design = design;
  }

  // Heap-wide facts.

  /** Must come first in each operation on a heap. */
  void use(int heap) {
    end = cpu.loadUntracked32(heap + END_CHUNK);
    big = isBigFor(end);
    // Not at most the whole heap, as other sizes are: an end that was overwritten has no say here.
    minUnits = (headerBytes() + unitBytes()) / unitBytes();
  }

  int endChunk() {
    return end;
  }

  void setEndChunk(int heap, int id) {
    cpu.storeUntracked32(heap + END_CHUNK, id);
    use(heap);
  }

  /** Tells whether a heap of so many units has big headers. */
  boolean isBigFor(int units) {
    return bigOnly || Integer.compareUnsigned(units, MAX_SMALL_UNITS) > 0;
  }

  int headerBytes() {
    return big ? 8 : 4;
  }

  /** Units that a request takes with header and with a gap before it, at most the whole heap. */
  int units(int bytes, int gap) {
    int unit = unitBytes();
    if (design.has(Defect.SIZE_WRAPS)) {
      return Integer.divideUnsigned(bytes + gap + headerBytes() + unit - 1, unit);
    }
    int whole = Integer.divideUnsigned(bytes, unit) + Integer.divideUnsigned(gap, unit);
    int odd = ((bytes & unit - 1) + (gap & unit - 1) + headerBytes() + unit - 1) / unit;
    return Integer.compareUnsigned(whole + odd, end) < 0 ? whole + odd : end;
  }

  int minUnits() {
    return minUnits;
  }

  /**
   * Tells whether a free chunk is too small to hold list links, which only big headers allow. A
   * chunk of a small heap below the minimum is damaged, and the C code does not notice.
   */
  boolean isUndersized(int heap, int chunk) {
    return big && Integer.compareUnsigned(size(heap, chunk), minUnits) < 0;
  }

  /** The bucket of chunks of so many units: the logarithm of how far they exceed the minimum. */
  int bucket(int units) {
    int excess = units - minUnits + 1;
    return excess == 0 ? UNDEFINED_BUCKET : 31 - Integer.numberOfLeadingZeros(excess);
  }

  int usableBytes(int heap, int chunk) {
    return size(heap, chunk) * unitBytes() - headerBytes();
  }

  // Where blocks are.

  /** Bytes of block memory that a unit stands for, header included if it is there. */
  int unitBytes() {
    return UNIT_BYTES;
  }

  /** What every block is aligned to, up to the header that comes before it. */
  int alignment() {
    return headerBytes();
  }

  /** The first byte of block memory that belongs to a chunk, header included if it is there. */
  int start(int heap, int chunk) {
    return address(heap, chunk);
  }

  int memory(int heap, int chunk) {
    return start(heap, chunk) + headerBytes();
  }

  /**
   * The first unit that begins at an address or behind it. The C code subtracts pointers, whose
   * difference has a sign; elsewhere it subtracts numbers, and divides without one.
   */
  int unitAfter(int heap, int address) {
    return address - heap + UNIT_BYTES - 1 >> 3;
  }

  /** The chunk in whose first unit after the header a pointer lies. */
  int chunkOf(int heap, int pointer) {
    return (pointer - headerBytes() - heap) >>> 3;
  }

  /** Tells whether a block of a chunk can begin at a pointer into its first unit. */
  boolean begins(int heap, int chunk, int pointer) {
    return Integer.compareUnsigned(pointer - memory(heap, chunk), UNIT_BYTES) < 0;
  }

  private int address(int heap, int chunk) {
    return heap + chunk * UNIT_BYTES;
  }

  /**
   * How far into the memory of its chunk a block begins. For big headers the C code takes this to
   * be nothing, although an alignment with two bits set leaves a gap there as well: growth and
   * shrinking then count too few units (observed in the recorded runs).
   */
  int gap(int heap, int chunk, int pointer) {
    return big ? 0 : pointer - memory(heap, chunk);
  }

  // Header fields.

  int size(int heap, int chunk) {
    return field(heap, chunk, SIZE_AND_USED) >>> 1;
  }

  boolean isUsed(int heap, int chunk) {
    return (field(heap, chunk, SIZE_AND_USED) & 1) != 0;
  }

  /** Sets the size and makes the chunk unused. */
  void setSize(int heap, int chunk, int units) {
    setField(heap, chunk, SIZE_AND_USED, units << 1);
  }

  void setUsed(int heap, int chunk, boolean used) {
    int old = field(heap, chunk, SIZE_AND_USED);
    setField(heap, chunk, SIZE_AND_USED, used ? old | 1 : old & ~1);
  }

  /**
   * Whether a chunk begins at an index behind chunk 0, by walking right. The walk ends whatever the
   * headers say, because it never goes left.
   */
  boolean isChunk(int heap, int wanted) {
    int chunk = size(heap, 0);
    while (chunk != wanted) {
      int right = right(heap, chunk);
      if (Integer.compareUnsigned(right, chunk) <= 0
          || Integer.compareUnsigned(right, endChunk()) >= 0) {
        return false;
      }
      chunk = right;
    }
    return Integer.compareUnsigned(chunk, endChunk()) < 0;
  }

  int leftSize(int heap, int chunk) {
    return field(heap, chunk, LEFT_SIZE);
  }

  void setLeftSize(int heap, int chunk, int units) {
    setField(heap, chunk, LEFT_SIZE, units);
  }

  int left(int heap, int chunk) {
    return chunk - leftSize(heap, chunk);
  }

  int right(int heap, int chunk) {
    return chunk + size(heap, chunk);
  }

  int freePrev(int heap, int chunk) {
    return field(heap, chunk, FREE_PREV);
  }

  void setFreePrev(int heap, int chunk, int id) {
    setField(heap, chunk, FREE_PREV, id);
  }

  int freeNext(int heap, int chunk) {
    return field(heap, chunk, FREE_NEXT);
  }

  void setFreeNext(int heap, int chunk, int id) {
    setField(heap, chunk, FREE_NEXT, id);
  }

  // Splitting and merging.

  /** Cuts a chunk in two, both unused. */
  void split(int heap, int chunk, int right) {
    int total = size(heap, chunk);
    int leftUnits = right - chunk;
    int rightUnits = total - leftUnits;
    setSize(heap, chunk, leftUnits);
    setSize(heap, right, rightUnits);
    setLeftSize(heap, right, leftUnits);
    if (!design.has(Defect.SPLIT_KEEPS_LEFT_SIZE)) {
      setLeftSize(heap, right(heap, right), rightUnits);
    }
  }

  /** Joins a chunk with its right neighbor into one unused chunk. */
  void merge(int heap, int chunk, int right) {
    int total = size(heap, chunk) + size(heap, right);
    setSize(heap, chunk, total);
    setLeftSize(heap, right(heap, right), total);
  }

  private int field(int heap, int chunk, int number) {
    int address = address(heap, chunk);
    return big
        ? cpu.loadUntracked32(address + number * 4)
        : cpu.loadUntracked16(address + number * 2);
  }

  private void setField(int heap, int chunk, int number, int value) {
    int address = address(heap, chunk);
    if (big) {
      cpu.storeUntracked32(address + number * 4, value);
    } else {
      cpu.storeUntracked16(address + number * 2, value);
    }
    if (chunk * UNIT_BYTES == END_CHUNK) {
      // Only damaged metadata names this chunk, which is no chunk: it overlays end_chunk.
      use(heap);
    }
  }
}
