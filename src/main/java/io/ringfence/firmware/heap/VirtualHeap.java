package io.ringfence.firmware.heap;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * The virtual heap {@code vmh_*} (SOF zephyr/lib/regions_mm.c, 12dd726529): lists of blocks of
 * several sizes in a virtual region, whose pages are mapped with the first block in them and
 * unmapped with the last. Stateless; a heap is named by the address of its structure.
 */
public final class VirtualHeap {
  /** A bundle of the default configuration, and of any other one. */
  public record Bundle(int blockBytes, int count) {}

  /** The configuration of alloc.c. */
  public static final List<Bundle> DEFAULT =
      List.of(
          new Bundle(128, 32),
          new Bundle(512, 8),
          new Bundle(1024, 44),
          new Bundle(2048, 8),
          new Bundle(4096, 11),
          new Bundle(8192, 10),
          new Bundle(65536, 3),
          new Bundle(131072, 1),
          new Bundle(524288, 1));

  private static final int EVEN_BUNDLES = 5;

  /** Most bundles in a heap ({@code MAX_MEMORY_ALLOCATORS_COUNT}). */
  public static final int MAX_BUNDLES = 10;

  private static final Struct.Builder LAYOUT = Struct.define("vmh_heap");
  private static final Field LOCK = LAYOUT.u32("lock");
  private static final Field CONTIGUOUS = LAYOUT.u32("allocating_continuously");
  private static final Field ALLOCATORS = LAYOUT.words("physical_blocks_allocators", MAX_BUNDLES);
  private static final Field SIZES = LAYOUT.words("allocation_sizes", MAX_BUNDLES);

  /** The layout of {@code struct vmh_heap}; what it holds of a region is known from elsewhere. */
  public static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final PageDriver pages;
  private final HeapPlatform platform;
  private final BitArray bits;
  private final MemBlocks blocks;

  /** Makes the functions; all state is in RAM. */
  public VirtualHeap(Cpu cpu, PageDriver pages, HeapPlatform platform) {
    this.cpu = cpu;
    this.pages = pages;
    this.platform = platform;
    this.bits = new BitArray(cpu);
    this.blocks = new MemBlocks(cpu, bits);
  }

  /**
   * Makes a heap ({@code vmh_init_heap}).
   *
   * @param region the virtual region, a multiple of the page size
   * @return the heap, or 0 if the configuration does not fit or memory runs out
   */
  public int init(
      int region, int regionBytes, List<Bundle> bundles, boolean contiguous, KernelMemory memory) {
    int heap = memory.zeroed(STRUCT.size());
    if (heap == 0) {
      return 0;
    }
    int buffer = region;
    boolean good = fits(regionBytes, bundles);
    for (int i = 0; i < bundles.size() && good; i++) {
      Bundle bundle = bundles.get(i);
      good = initBundle(heap, i, bundle, buffer, memory);
      buffer += bundle.blockBytes() * bundle.count();
    }
    if (!good) {
      release(heap, memory);
      return 0;
    }
    cpu.store(CONTIGUOUS, heap, contiguous ? 1 : 0);
    return heap;
  }

  private boolean initBundle(int heap, int index, Bundle bundle, int buffer, KernelMemory memory) {
    int allocator = memory.zeroed(MemBlocks.STRUCT.size());
    if (allocator == 0) {
      return false;
    }
    cpu.store32(heap + ALLOCATORS.offset() + 4 * index, allocator);
    cpu.store(MemBlocks.NUM_BLOCKS, allocator, bundle.count());
    cpu.store(MemBlocks.BLOCK_SHIFT, allocator, Integer.numberOfTrailingZeros(bundle.blockBytes()));
    cpu.store(MemBlocks.BUFFER, allocator, buffer);
    int bitmap = initBits(bundle.count(), memory);
    cpu.store(MemBlocks.BITMAP, allocator, bitmap);
    int sizes = initBits(bundle.count(), memory);
    cpu.store32(heap + SIZES.offset() + 4 * index, sizes);
    return bitmap != 0 && sizes != 0;
  }

  /** Makes an array of clear bits, or returns 0. */
  private int initBits(int count, KernelMemory memory) {
    int words = (count + 31) / 32;
    int array = memory.zeroed(BitArray.STRUCT.size());
    int bundles = array == 0 ? 0 : memory.zeroed(4 * words);
    if (bundles == 0) {
      memory.free(array);
      return 0;
    }
    cpu.store(BitArray.NUM_BITS, array, count);
    cpu.store(BitArray.NUM_BUNDLES, array, words);
    cpu.store(BitArray.BUNDLES, array, bundles);
    return array;
  }

  private void release(int heap, KernelMemory memory) {
    int count = bundles(heap);
    for (int i = 0; i < count; i++) {
      int allocator = allocator(heap, i);
      releaseBits(blocks.bitmap(allocator), memory);
      releaseBits(sizes(heap, i), memory);
      memory.free(allocator);
    }
    memory.free(heap);
  }

  private void releaseBits(int array, KernelMemory memory) {
    if (array != 0) {
      memory.free(cpu.load(BitArray.BUNDLES, array));
      memory.free(array);
    }
  }

  /**
   * Block sizes from a cache line on, each with the same share ({@code
   * vmh_get_default_heap_config}).
   */
  public static List<Bundle> evenly(int regionBytes) {
    int share = regionBytes / EVEN_BUNDLES & -PageDriver.PAGE_BYTES;
    List<Bundle> bundles = new ArrayList<>();
    for (int i = 0; i < EVEN_BUNDLES; i++) {
      int block = CacheAliases.LINE_BYTES << i;
      bundles.add(new Bundle(block, share / block));
    }
    return bundles;
  }

  private static boolean fits(int regionBytes, List<Bundle> bundles) {
    long total = 0;
    for (Bundle bundle : bundles) {
      if (Integer.bitCount(bundle.blockBytes()) != 1) {
        return false;
      }
      total += (long) bundle.blockBytes() * bundle.count();
      if (total > regionBytes || total % PageDriver.PAGE_BYTES != 0) {
        return false;
      }
    }
    return bundles.size() <= MAX_BUNDLES;
  }

  /** The number of bundles. */
  public int bundles(int heap) {
    int count = 0;
    while (count < MAX_BUNDLES && allocator(heap, count) != 0) {
      count++;
    }
    return count;
  }

  /** The size of the blocks of a bundle in bytes. */
  public int blockBytes(int heap, int bundle) {
    return blocks.blockBytes(allocator(heap, bundle));
  }

  /** The number of blocks of a bundle. */
  public int blockCount(int heap, int bundle) {
    return blocks.count(allocator(heap, bundle));
  }

  /** Whether a block is taken. */
  public boolean isTaken(int heap, int bundle, int block) {
    return bits.test(blocks.bitmap(allocator(heap, bundle)), block);
  }

  /** Whether a block belongs together with the next one. */
  public boolean isSpanned(int heap, int bundle, int block) {
    return bits.test(sizes(heap, bundle), block);
  }

  /**
   * Allocates a block, or in a contiguous heap adjacent blocks ({@code vmh_alloc}).
   *
   * @return the address, cached, or 0
   */
  public int alloc(int heap, int bytes) {
    platform.lockMutex(heap + LOCK.offset());
    int address = bytes == 0 ? 0 : allocLocked(heap, bytes);
    platform.unlockMutex(heap + LOCK.offset());
    return address;
  }

  private int allocLocked(int heap, int bytes) {
    boolean contiguous = cpu.load(CONTIGUOUS, heap) != 0;
    for (int i = 0; i < MAX_BUNDLES; i++) {
      int allocator = allocator(heap, i);
      if (allocator == 0) {
        continue;
      }
      int blockBytes = blocks.blockBytes(allocator);
      boolean small = Integer.compareUnsigned(blockBytes, bytes) < 0;
      long needed = (Integer.toUnsignedLong(bytes) + blockBytes - 1) / blockBytes;
      if (small && !contiguous || needed > blocks.count(allocator)) {
        continue;
      }
      int count = (int) needed;
      int first = blocks.allocate(allocator, count);
      if (first < 0) {
        continue;
      }
      if (count > 1) {
        bits.set(sizes(heap, i), first, count - 1, true);
      }
      int address = blocks.buffer(allocator) + first * blockBytes;
      if (map(allocator, address, bytes) != 0) {
        blocks.free(allocator, address, count);
        return 0;
      }
      return address;
    }
    return 0;
  }

  /**
   * Frees a block ({@code vmh_free}).
   *
   * @return 0, {@code -EINVAL} for an address that is no block's, or whose pages cannot be unmapped
   *     (the block is free then), or {@code -EFAULT} for a block that is not taken
   */
  public int free(int heap, int address) {
    platform.lockMutex(heap + LOCK.offset());
    int result = freeLocked(heap, address);
    platform.unlockMutex(heap + LOCK.offset());
    return result;
  }

  private int freeLocked(int heap, int address) {
    for (int i = 0; i < MAX_BUNDLES; i++) {
      int allocator = allocator(heap, i);
      if (allocator != 0 && isInside(allocator, address)) {
        return freeBlock(heap, i, allocator, address);
      }
    }
    return -Errno.EINVAL;
  }

  private boolean isInside(int allocator, int address) {
    int bytes = blocks.count(allocator) * blocks.blockBytes(allocator);
    return Integer.compareUnsigned(address - blocks.buffer(allocator), bytes) < 0;
  }

  private int freeBlock(int heap, int bundle, int allocator, int address) {
    int blockBytes = blocks.blockBytes(allocator);
    int count = 1;
    if (cpu.load(CONTIGUOUS, heap) != 0) {
      int block = (address - blocks.buffer(allocator)) / blockBytes;
      int spans = sizes(heap, bundle);
      if (block > 0 && bits.test(spans, block - 1)) {
        return -Errno.EINVAL;
      }
      while (block + count - 1 < blocks.count(allocator) && bits.test(spans, block + count - 1)) {
        count++;
      }
      int result = blocks.free(allocator, address, count);
      if (result != 0) {
        return result;
      }
      bits.set(spans, block, count, false);
    } else {
      int result = blocks.free(allocator, address, 1);
      if (result != 0) {
        return result;
      }
    }
    int bytes = count * blockBytes;
    if (bytes < PageDriver.PAGE_BYTES) {
      platform.invalidate(address, bytes);
    }
    return unmap(allocator, address, bytes);
  }

  /** Frees a heap that is empty ({@code vmh_free_heap}), or returns {@code -ENOTEMPTY}. */
  public int freeHeap(int heap, KernelMemory memory) {
    for (int i = 0; i < bundles(heap); i++) {
      int allocator = allocator(heap, i);
      if (!bits.isCleared(blocks.bitmap(allocator), 0, blocks.count(allocator))) {
        return -Errno.ENOTEMPTY;
      }
    }
    release(heap, memory);
    return 0;
  }

  private int allocator(int heap, int bundle) {
    return cpu.load32(heap + ALLOCATORS.offset() + 4 * bundle);
  }

  private int sizes(int heap, int bundle) {
    return cpu.load32(heap + SIZES.offset() + 4 * bundle);
  }

  // Pages.

  /** Whole pages of a range that no other block of the bundle shares. */
  private record Range(int start, int bytes) {}

  private Range ownPages(int allocator, int address, int bytes) {
    int page = PageDriver.PAGE_BYTES;
    int blockBytes = blocks.blockBytes(allocator);
    int whole = bytes + blockBytes - 1 & -blockBytes;
    int start = address & -page;
    int end = address + bytes + page - 1 & -page;
    int before = address - start;
    int after = end - address - whole;
    if (before != 0 && !blocks.isFree(allocator, start, before)) {
      start += page;
    }
    if (after != 0 && !blocks.isFree(allocator, address + whole, after)) {
      end -= page;
    }
    return new Range(start, Integer.compareUnsigned(start, end) >= 0 ? 0 : end - start);
  }

  private int map(int allocator, int address, int bytes) {
    Range range =
        blocks.blockBytes(allocator) >= PageDriver.PAGE_BYTES
            ? new Range(address, bytes + PageDriver.PAGE_BYTES - 1 & -PageDriver.PAGE_BYTES)
            : ownPages(allocator, address, bytes);
    if (range.bytes() == 0) {
      return 0;
    }
    int result = pages.map(range.start(), range.bytes());
    if (result != 0) {
      pages.unmap(range.start(), range.bytes());
    }
    return result;
  }

  private int unmap(int allocator, int address, int bytes) {
    if (blocks.blockBytes(allocator) >= PageDriver.PAGE_BYTES) {
      return pages.unmap(address, mappedBytes(address, bytes));
    }
    Range range = ownPages(allocator, address, bytes);
    return range.bytes() == 0 ? 0 : pages.unmap(range.start(), range.bytes());
  }

  /** How much of a large block is mapped is not recorded; it is found by bisection. */
  private int mappedBytes(int address, int bytes) {
    int page = PageDriver.PAGE_BYTES;
    if (bytes <= page) {
      return bytes;
    }
    int bottom = address;
    int top = address + bytes;
    int check = top - page;
    while (Integer.compareUnsigned(top - bottom, page) > 0) {
      if (pages.isMapped(check)) {
        bottom = check;
      } else {
        top = check;
      }
      check = (bottom >>> 1) + (top >>> 1) & -page;
    }
    return top - address;
  }
}
