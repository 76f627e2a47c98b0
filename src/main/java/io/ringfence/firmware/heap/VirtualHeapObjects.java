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
    boolean good = fits(regionBytes, bundles);
    for (int i = 0; i < bundles.size() && good; i++) {
      VirtualHeap.Bundle bundle = bundles.get(i);
      good = bundle.blockBytes() == 0 || makeBundle(heap, i, bundle, buffer);
      buffer += bundle.blockBytes() * bundle.count();
    }
    if (!good) {
      release(heap);
      return 0;
    }
    cpu.store(VirtualHeap.CONTIGUOUS, heap, contiguous ? 1 : 0);
    return heap;
  }

  private static boolean fits(int regionBytes, List<VirtualHeap.Bundle> bundles) {
    long total = 0;
    for (VirtualHeap.Bundle bundle : bundles) {
      if (Integer.bitCount(bundle.blockBytes()) > 1) {
        return false;
      }
      total += (long) bundle.blockBytes() * bundle.count();
      if (total > regionBytes || total % PageDriver.PAGE_BYTES != 0) {
        return false;
      }
    }
    return bundles.size() <= VirtualHeap.MAX_BUNDLES;
  }

  private boolean makeBundle(int heap, int slot, VirtualHeap.Bundle bundle, int buffer) {
    int allocator = memory.zeroed(MemBlocks.STRUCT.size());
    if (allocator == 0) {
      return false;
    }
    cpu.store32(VirtualHeap.allocatorSlot(heap, slot), allocator);
    cpu.store(MemBlocks.NUM_BLOCKS, allocator, bundle.count());
    cpu.store(MemBlocks.BLOCK_SHIFT, allocator, Integer.numberOfTrailingZeros(bundle.blockBytes()));
    cpu.store(MemBlocks.BUFFER, allocator, buffer);
    int bitmap = makeBits(bundle.count());
    cpu.store(MemBlocks.BITMAP, allocator, bitmap);
    int sizes = makeBits(bundle.count());
    cpu.store32(VirtualHeap.sizesSlot(heap, slot), sizes);
    return bitmap != 0 && sizes != 0;
  }

  /** Makes an array of clear bits, or returns 0. */
  private int makeBits(int count) {
    int array = memory.zeroed(BitArray.STRUCT.size());
    int bundles = array == 0 ? 0 : memory.zeroed(BitArray.bundleBytes(count));
    if (bundles == 0) {
      memory.free(array);
      return 0;
    }
    new BitArray(cpu).init(array, bundles, count);
    return array;
  }

  /** Frees the objects of a heap, of one that was made in part too. */
  void release(int heap) {
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

  private void releaseBits(int array) {
    if (array != 0) {
      memory.free(cpu.load(BitArray.BUNDLES, array));
      memory.free(array);
    }
  }
}
