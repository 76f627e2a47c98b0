package io.ringfence.firmware.heap;

import io.ringfence.firmware.Design;
import io.ringfence.machine.Cpu;

/**
 * Chunk headers apart from the blocks: the {@code z_heap} and its headers are a table in kernel
 * memory, and each unit of it stands for a cache line of an area that holds nothing but blocks. The
 * repair of {@link io.ringfence.firmware.Fix#CHUNK_TABLE}: whoever may write the blocks cannot
 * write what the allocator goes by, and no two blocks share a cache line.
 *
 * <p>The four fields of a small header are just the 8 bytes of a unit, so that the algorithm and
 * the layout of the table are those of a heap with its headers in band.
 */
final class ChunkTable extends Chunks {
  private final Cpu cpu;
  private final int areaOffset;

  /**
   * Makes the code for such heaps.
   *
   * @param areaOffset where in the {@code z_heap} the address of the area lies
   */
  ChunkTable(Cpu cpu, Design design, int areaOffset) {
    super(cpu, false, design);
    this.cpu = cpu;
    this.areaOffset = areaOffset;
  }

  void setArea(int heap, int area) {
    cpu.storeUntracked32(heap + areaOffset, area);
  }

  private int area(int heap) {
    return cpu.loadUntracked32(heap + areaOffset);
  }

  @Override
  int headerBytes() {
    return 0;
  }

  @Override
  int unitBytes() {
    return CacheAliases.LINE_BYTES;
  }

  @Override
  int alignment() {
    return unitBytes();
  }

  @Override
  int start(int heap, int chunk) {
    return area(heap) + (chunk - size(heap, 0)) * unitBytes();
  }

  @Override
  int unitAfter(int heap, int address) {
    return size(heap, 0)
        + Integer.divideUnsigned(address - area(heap) + unitBytes() - 1, unitBytes());
  }

  @Override
  int chunkOf(int heap, int pointer) {
    return size(heap, 0) + Integer.divideUnsigned(pointer - area(heap), unitBytes());
  }

  @Override
  boolean begins(int heap, int chunk, int pointer) {
    return pointer == memory(heap, chunk);
  }
}
