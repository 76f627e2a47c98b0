package io.ringfence.firmware.heap;

import io.ringfence.machine.Cpu;
import java.util.List;

/**
 * The objects that a virtual heap consists of, beside its blocks ({@code vmh_init_heap}): the heap,
 * and for each bundle an allocator and two arrays of bits.
 */
final class VirtualHeapObjects {
  private final Cpu cpu;
  private final KernelMemory memory;

  /**
   * Makes and releases heaps.
   *
   * @param memory where their objects come from
   */
  VirtualHeapObjects(Cpu cpu, KernelMemory memory) {
    this.cpu = cpu;
    this.memory = memory;
  }

  /** Makes a heap, or returns 0 if its configuration does not fit or memory runs out. */
  int make(int region, int regionBytes, List<VirtualHeap.Bundle> bundles, boolean contiguous) {
    int heap = memory.zeroed(VirtualHeap.STRUCT.size());
    if (heap == 0) {
      return 0;
    }
    int buffer = region;
    boolean good = regionBytes != 0 && fits(regionBytes, bundles);
    for (int i = 0; i < bundles.size() && good; i++) {
      VirtualHeap.Bundle bundle = bundles.get(i);
      good = bundle.blockBytes() == 0 || makeBundle(heap, i, bundle, buffer);
      buffer += bundle.blockBytes() * bundle.count();
    }
    if (!good) {
      undo(heap);
      return 0;
    }
    cpu.store(VirtualHeap.CONTIGUOUS, heap, contiguous ? 1 : 0);
    return heap;
  }

  /** The sum is one of 32 bits in the C code, too, and wraps. */
  private static boolean fits(int regionBytes, List<VirtualHeap.Bundle> bundles) {
    int total = 0;
    for (VirtualHeap.Bundle bundle : bundles) {
      if (Integer.bitCount(bundle.blockBytes()) > 1) {
        return false;
      }
      total += bundle.blockBytes() * bundle.count();
      if (Integer.compareUnsigned(total, regionBytes) > 0 || total % PageDriver.PAGE_BYTES != 0) {
        return false;
      }
    }
    return bundles.size() <= VirtualHeap.MAX_BUNDLES;
  }

  /** Both structures of bits come before the words of either: where they lie depends on it. */
  private boolean makeBundle(int heap, int slot, VirtualHeap.Bundle bundle, int buffer) {
    int allocator = memory.zeroed(MemBlocks.STRUCT.size());
    if (allocator == 0) {
      return false;
    }
    cpu.store32(VirtualHeap.allocatorSlot(heap, slot), allocator);
    cpu.store(MemBlocks.NUM_BLOCKS, allocator, bundle.count());
    cpu.store(MemBlocks.BLOCK_SHIFT, allocator, Integer.numberOfTrailingZeros(bundle.blockBytes()));
    cpu.store(MemBlocks.BUFFER, allocator, buffer);
    int bitmap = memory.zeroed(BitArray.STRUCT.size());
    cpu.store(MemBlocks.BITMAP, allocator, bitmap);
    if (bitmap == 0) {
      return false;
    }
    int sizes = memory.zeroed(BitArray.STRUCT.size());
    cpu.store32(VirtualHeap.sizesSlot(heap, slot), sizes);
    return sizes != 0 && addWords(bitmap, bundle.count()) && addWords(sizes, bundle.count());
  }

  private boolean addWords(int array, int count) {
    int words = memory.zeroed(BitArray.bundleBytes(count));
    new BitArray(cpu).init(array, words, count);
    return words != 0;
  }

  /** Frees the objects of a heap that could be made in part only: each allocator comes last. */
  private void undo(int heap) {
    for (int i = 0; i < VirtualHeap.MAX_BUNDLES; i++) {
      int allocator = cpu.load32(VirtualHeap.allocatorSlot(heap, i));
      if (allocator != 0) {
        releaseBits(cpu.load(MemBlocks.BITMAP, allocator));
        releaseBits(cpu.load32(VirtualHeap.sizesSlot(heap, i)));
        memory.free(allocator);
      }
    }
    memory.free(heap);
  }

  /** Frees the objects of a heap ({@code vmh_free_heap}): each allocator before its sizes. */
  void release(int heap) {
    for (int i = 0; i < VirtualHeap.MAX_BUNDLES; i++) {
      int allocator = cpu.load32(VirtualHeap.allocatorSlot(heap, i));
      if (allocator != 0) {
        releaseBits(cpu.load(MemBlocks.BITMAP, allocator));
        memory.free(allocator);
        releaseBits(cpu.load32(VirtualHeap.sizesSlot(heap, i)));
      }
    }
    memory.free(heap);
  }

  private void releaseBits(int array) {
    if (array != 0) {
      memory.free(cpu.load(BitArray.BUNDLES, array));
      memory.free(array);
    }
  }
}
