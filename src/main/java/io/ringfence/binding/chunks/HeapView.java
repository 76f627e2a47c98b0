package io.ringfence.binding.chunks;

import io.ringfence.firmware.chunks.ChunkFirmware;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.machine.Ram;
import java.util.Set;
import java.util.TreeSet;

/** Reads the metadata of the heap, and what lies beyond it, as a debugger would. */
final class HeapView {
  private static final int LEFT_SIZE = 0;
  private static final int SIZE_AND_USED = 1;
  private static final int FREE_PREV = 2;
  private static final int FREE_NEXT = 3;

  private static final int IN_BAND_HEADER = 4;

  /** The word of a z_heap that has a bit for each bucket with chunks. */
  static final int AVAILABLE = 3;

  /** The word of a z_heap that counts free bytes. */
  static final int FREE_BYTES = 4;

  /** The word of a z_heap that counts the bytes in blocks. */
  static final int ALLOCATED_BYTES = 5;

  /** The word of a z_heap that the heads of the buckets begin with, of a heap in band. */
  private static final int HEADS = 7;

  /**
   * The unit of a z_heap that has max_allocated_bytes, and behind it the address of a block area.
   */
  private static final int UNIT_OF_MAXIMUM = 3;

  private final ChunksModel model;
  private final ChunkFirmware firmware;
  private final Ram ram;

  HeapView(ChunksModel model, ChunkFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.ram = firmware.ram();
  }

  /**
   * A half-word of a unit. The address of the block area, which never changes, reads as zero, and
   * so does a maximum that nobody can make the allocator depend on.
   */
  int field(int unit, int number) {
    boolean isMaximum = unit == UNIT_OF_MAXIMUM && number <= SIZE_AND_USED;
    boolean isArea = unit == UNIT_OF_MAXIMUM && number > SIZE_AND_USED && model.beside();
    return isArea || isMaximum && model.harmless()
        ? 0
        : ram.load16(firmware.unitAddress(unit) + 2 * number);
  }

  boolean isZero(int unit) {
    return field(unit, LEFT_SIZE) == 0
        && field(unit, SIZE_AND_USED) == 0
        && field(unit, FREE_PREV) == 0
        && field(unit, FREE_NEXT) == 0;
  }

  int left(int unit) {
    return field(unit, LEFT_SIZE);
  }

  int size(int unit) {
    return field(unit, SIZE_AND_USED) >>> 1;
  }

  boolean isUsed(int unit) {
    return (field(unit, SIZE_AND_USED) & 1) != 0;
  }

  int prev(int unit) {
    return field(unit, FREE_PREV);
  }

  int next(int unit) {
    return field(unit, FREE_NEXT);
  }

  /** A word of the z_heap. */
  int word(int number) {
    return ram.load32(wordAddress(number));
  }

  /** The address of a word of the z_heap. */
  int wordAddress(int number) {
    return firmware.unitAddress(0) + 4 * number;
  }

  /** How many buckets there are. */
  int buckets() {
    return bucket(model.units()) + 1;
  }

  /** The bucket of chunks of a size. */
  static int bucket(int units) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(units);
  }

  /** The number of the word that is the head of a bucket. */
  int headWord(int bucket) {
    return HEADS + (model.beside() ? 1 : 0) + bucket;
  }

  /** The first chunk of a bucket, 0 if it has none. */
  int head(int bucket) {
    return word(headWord(bucket));
  }

  /** The address at which the memory of a chunk begins. */
  int memory(int chunk) {
    return firmware.origin()
        + (model.beside()
            ? (chunk - size(0)) * CacheAliases.LINE_BYTES
            : chunk * ChunkFirmware.UNIT_BYTES + IN_BAND_HEADER);
  }

  /** How many bytes of a chunk are memory. */
  int usable(int chunk) {
    return model.beside()
        ? size(chunk) * CacheAliases.LINE_BYTES
        : size(chunk) * ChunkFirmware.UNIT_BYTES - IN_BAND_HEADER;
  }

  /** The chunk that a block is in. */
  int chunkOf(int pointer) {
    int offset = pointer - firmware.origin();
    return model.beside()
        ? size(0) + offset / CacheAliases.LINE_BYTES
        : (offset - IN_BAND_HEADER) / ChunkFirmware.UNIT_BYTES;
  }

  /** The chunks met by walking right from chunk 0, as far as sizes make sense. */
  Set<Integer> walk() {
    Set<Integer> chunks = new TreeSet<>();
    int chunk = 0;
    chunks.add(0);
    while (chunk != model.units() && size(chunk) != 0 && chunk + size(chunk) <= model.units()) {
      chunk += size(chunk);
      chunks.add(chunk);
    }
    return chunks;
  }
}
