package io.ringfence.firmware.cached;

import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.machine.DataCache;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;

/**
 * What a debugger reads of a region: the control structure and the chunk headers, as a core sees
 * them or as they are in memory.
 *
 * @param region the control structure, by its cached address
 * @param memory the first byte of the region, by its cached address; the heap begins there
 */
record RegionView(Ram ram, DataCache cache, int region, int memory) {
  /** For {@link #load}: no core, but memory. */
  static final int MEMORY = -1;

  /** The mode of a control structure that nobody filled in. */
  static final int RAW = -1;

  private static final int CHUNK_UNIT = 8;
  private static final int END_CHUNK = 8;

  private int load(int core, int address) {
    return core == MEMORY ? ram.load32(address) : cache.peek32(core, address);
  }

  private int field(int core, Field field) {
    return load(core, region + field.offset());
  }

  int uses(int core) {
    return field(core, Vregion.USE_COUNT);
  }

  /** The ordinal of a {@link Vregion.Mode}, or {@link #RAW}. */
  int mode(int core) {
    return field(core, Vregion.BASE) == 0 ? RAW : field(core, Vregion.TYPE);
  }

  /** The address by which the heap is reached, 0 if there is none. */
  int heapPointer(int core) {
    return load(core, region + Vregion.INTERIM.offset() + SysHeap.HEAP.offset());
  }

  /** How many blocks are allocated in the heap, plus one; 0 if the memory is no heap. */
  int heap(int core) {
    int end = load(core, memory + END_CHUNK);
    int used = 0;
    int units = 1;
    for (int chunk = 0; chunk < end && units != 0; chunk += units) {
      int header = sizeAndUsed(core, memory + chunk * CHUNK_UNIT);
      used += header & 1;
      units = header >>> 1;
    }
    return used;
  }

  /** From the start of a block to the header of the next chunk, in bytes. */
  int chunkBytes(int core, int address) {
    return ((sizeAndUsed(core, address - CHUNK_UNIT) >>> 1) - 1) * CHUNK_UNIT;
  }

  private int sizeAndUsed(int core, int header) {
    return load(core, header) >>> 16;
  }
}
