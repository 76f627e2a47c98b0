package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The virtual heap {@code vmh_*} (SOF zephyr/lib/regions_mm.c, 12dd726529): lists of blocks of
 * several sizes in a virtual region, whose pages are mapped with the first block in them and
 * unmapped with the last. Stateless; a heap is named by the address of its structure.
 *
 * <p>{@link #alloc} and {@link #free} hold the heap's mutex from beginning to end. What they do
 * meanwhile can be done in two steps as well, first the bitmaps, then the pages: that is where
 * another thread can come in between if there is no mutex.
 */
public final class VirtualHeap {
  /** A block, taken or not: its cached address and its size. */
  public record Block(int address, int bytes) {}

  /** A bundle of the default configuration, and of any other one; 0 bytes leave a slot empty. */
  public record Bundle(int blockBytes, int count) {}

  /**
   * What the first step of a call hands to the second: the locals of the C function.
   *
   * @param error 0, or a negative error number that ends the call
   * @param bundle index of the allocator
   * @param address the address that was allocated, or is freed
   * @param bytes the size that was asked for, or that is freed
   */
  public record Blocks(int error, int bundle, int address, int bytes) {
    private static Blocks none(int error) {
      return new Blocks(error, -1, 0, 0);
    }
  }

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

  /** The mutex. */
  public static final Field LOCK = LAYOUT.u32("lock");

  /** Whether a block may be several adjacent ones of an allocator. */
  public static final Field CONTIGUOUS = LAYOUT.u32("allocating_continuously");

  private static final Field ALLOCATORS = LAYOUT.words("physical_blocks_allocators", MAX_BUNDLES);
  private static final Field SIZES = LAYOUT.words("allocation_sizes", MAX_BUNDLES);

  /** The layout of {@code struct vmh_heap}; what it holds of a region is known from elsewhere. */
  public static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final HeapPlatform platform;
  private final Design design;
  private final BitArray bits;
  private final MemBlocks blocks;
  private final BlockPages blockPages;

  /** Makes the functions as they were merged. */
  public VirtualHeap(Cpu cpu, PageDriver pages, HeapPlatform platform) {
    this(cpu, pages, platform, Design.merged());
  }

  /** Makes the functions; all state is in RAM. */
  public VirtualHeap(Cpu cpu, PageDriver pages, HeapPlatform platform, Design design) {
    this.cpu = cpu;
    this.platform = platform;
    this.design = design;
    this.bits = new BitArray(cpu);
    this.blocks = new MemBlocks(cpu, bits);
    this.blockPages = new BlockPages(pages, blocks, design);
  }

  /**
   * Makes a heap ({@code vmh_init_heap}).
   *
   * @param region the virtual region, a multiple of the page size
   * @return the heap, or 0 if the configuration does not fit or memory runs out
   */
  public int init(
      int region, int regionBytes, List<Bundle> bundles, boolean contiguous, KernelMemory memory) {
    return new VirtualHeapObjects(cpu, memory).make(region, regionBytes, bundles, contiguous);
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

  // What a debugger asks.

  /** The slots of bundles that are not empty, in order. */
  public List<Integer> bundles(int heap) {
    return IntStream.range(0, MAX_BUNDLES).filter(i -> allocator(heap, i) != 0).boxed().toList();
  }

  /** The size of the blocks of a bundle in bytes. */
  public int blockBytes(int heap, int bundle) {
    return blocks.blockBytes(allocator(heap, bundle));
  }

  /** The number of blocks of a bundle. */
  public int blockCount(int heap, int bundle) {
    return blocks.count(allocator(heap, bundle));
  }

  /** The address of the first block of a bundle. */
  public int firstBlock(int heap, int bundle) {
    return blocks.buffer(allocator(heap, bundle));
  }

  /** Whether a block is taken. */
  public boolean isTaken(int heap, int bundle, int block) {
    return bits.test(blocks.bitmap(allocator(heap, bundle)), block);
  }

  /** Whether a block belongs together with the next one. */
  public boolean isSpanned(int heap, int bundle, int block) {
    return bits.test(sizes(heap, bundle), block);
  }

  // The mutex.

  /** Takes the mutex of a heap. */
  public void lock(int heap) {
    if (!design.has(Defect.NO_HEAP_MUTEX)) {
      platform.lockMutex(heap + LOCK.offset());
    }
  }

  /** Releases the mutex of a heap. */
  public void unlock(int heap) {
    if (!design.has(Defect.NO_HEAP_MUTEX)) {
      platform.unlockMutex(heap + LOCK.offset());
    }
  }

  // Allocation.

  /**
   * Allocates a block, or in a contiguous heap adjacent blocks ({@code vmh_alloc}).
   *
   * @return the address, cached, or 0
   */
  public int alloc(int heap, int bytes) {
    return alloc(heap, bytes, 0);
  }

  /**
   * Allocates as {@link #alloc(int, int)} does, for a caller that needs an alignment. The merged
   * design does not look at it: {@code virtual_heap_alloc()} asserts it when it is too late.
   *
   * @param align a power of two, or 0 for none
   */
  public int alloc(int heap, int bytes, int align) {
    lock(heap);
    Blocks taken = takeBlocks(heap, bytes, align);
    int address = taken.error() == 0 ? mapBlocks(heap, taken) : 0;
    unlock(heap);
    return address;
  }

  /** Takes blocks, and notes how many belong together; {@code -ENOMEM} if none are free. */
  public Blocks takeBlocks(int heap, int bytes, int align) {
    boolean contiguous = cpu.load(CONTIGUOUS, heap) != 0;
    int blockBytes = 0;
    for (int i = 0; i < MAX_BUNDLES && bytes != 0; i++) {
      int allocator = allocator(heap, i);
      if (allocator == 0
          || design.has(Defect.BLOCK_SIZE_TOO_LATE)
              && !contiguous
              && isSmaller(blockBytes, bytes)) {
        continue;
      }
      blockBytes = blocks.blockBytes(allocator);
      long needed = (Integer.toUnsignedLong(bytes) + blockBytes - 1) / blockBytes;
      if (isSmaller(blockBytes, bytes) && !contiguous || needed > blocks.count(allocator)) {
        continue;
      }
      if (design.has(Defect.EXACT_SIZE_NEVER_FITS) && !contiguous && blockBytes == bytes) {
        continue;
      }
      if (design.has(Fix.ALIGN_BLOCKS) && !isAligned(allocator, align)) {
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
      return new Blocks(0, i, blocks.buffer(allocator) + first * blockBytes, bytes);
    }
    return Blocks.none(-Errno.ENOMEM);
  }

  private static boolean isSmaller(int blockBytes, int bytes) {
    return Integer.compareUnsigned(blockBytes, bytes) < 0;
  }

  private boolean isAligned(int allocator, int align) {
    int all = blocks.blockBytes(allocator) | blocks.buffer(allocator);
    return align == 0 || (all & align - 1) == 0;
  }

  /** Maps the pages of blocks that were taken, or gives the blocks back; the address, or 0. */
  public int mapBlocks(int heap, Blocks taken) {
    int allocator = allocator(heap, taken.bundle());
    if (blockPages.map(allocator, taken.address(), taken.bytes()) == 0) {
      return taken.address();
    }
    int blockBytes = blocks.blockBytes(allocator);
    int count = (taken.bytes() + blockBytes - 1) / blockBytes;
    blocks.free(allocator, taken.address(), count);
    if (design.has(Fix.CLEAR_SIZES_AFTER_FAILURE)) {
      int first = (taken.address() - blocks.buffer(allocator)) / blockBytes;
      bits.set(sizes(heap, taken.bundle()), first, count, false);
    }
    return 0;
  }

  // Freeing.

  /**
   * Frees a block ({@code vmh_free}).
   *
   * @return 0, {@code -EINVAL} for an address that is no block's, or whose pages cannot be unmapped
   *     (the block is free then), or {@code -EFAULT} for a block that is not taken
   */
  public int free(int heap, int address) {
    lock(heap);
    Blocks freed = freeBlocks(heap, address);
    int result = freed.error() == 0 ? unmapBlocks(heap, freed) : freed.error();
    unlock(heap);
    return result;
  }

  /** Frees the block, or the adjacent blocks, that an address lies in. */
  public Blocks freeBlocks(int heap, int address) {
    for (int i = 0; i < MAX_BUNDLES; i++) {
      int allocator = allocator(heap, i);
      if (allocator == 0 && !design.has(Defect.EMPTY_SLOT_USED)) {
        continue;
      }
      if (isInside(allocator, address)) {
        return freeIn(heap, i, allocator, address);
      }
    }
    return Blocks.none(-Errno.EINVAL);
  }

  /** The block that an address is in, or null. */
  public @Nullable Block blockAt(int heap, int address) {
    for (int i : bundles(heap)) {
      int allocator = allocator(heap, i);
      if (isInside(allocator, address)) {
        int bytes = blocks.blockBytes(allocator);
        int buffer = blocks.buffer(allocator);
        return new Block(buffer + (address - buffer) / bytes * bytes, bytes);
      }
    }
    return null;
  }

  private boolean isInside(int allocator, int address) {
    int bytes = blocks.count(allocator) * blocks.blockBytes(allocator);
    return Integer.compareUnsigned(address - blocks.buffer(allocator), bytes) < 0;
  }

  private Blocks freeIn(int heap, int bundle, int allocator, int address) {
    int blockBytes = blocks.blockBytes(allocator);
    int offset = address - blocks.buffer(allocator);
    int block = offset / blockBytes;
    if (design.has(Fix.REFUSE_INTERIOR_POINTER) && offset % blockBytes != 0) {
      return Blocks.none(-Errno.EINVAL);
    }
    boolean contiguous = cpu.load(CONTIGUOUS, heap) != 0;
    int sizes = sizes(heap, bundle);
    if (contiguous && block > 0 && bits.test(sizes, block - 1)) {
      return Blocks.none(-Errno.EINVAL);
    }
    int count = contiguous ? adjacent(sizes, block, blocks.count(allocator)) : 1;
    int result = blocks.free(allocator, address, count);
    if (result != 0) {
      return Blocks.none(result);
    }
    if (contiguous && !design.has(Defect.SIZES_STAY_AFTER_FREE)) {
      bits.set(sizes, block, count, false);
    }
    return new Blocks(0, bundle, address, count * blockBytes);
  }

  /** How many blocks from one on belong together. */
  private int adjacent(int sizes, int block, int blockCount) {
    int end = design.has(Defect.SIZE_SEARCH_STOPS) ? blockCount - block : blockCount;
    int count = 1;
    for (int i = block; i < end && bits.test(sizes, i); i++) {
      count++;
    }
    return count;
  }

  /** Unmaps pages that no block needs after blocks were freed; 0, or a negative error number. */
  public int unmapBlocks(int heap, Blocks freed) {
    if (freed.bytes() < PageDriver.PAGE_BYTES && !design.has(Defect.NO_INVALIDATE_ON_FREE)) {
      platform.invalidate(freed.address(), freed.bytes());
    }
    return blockPages.unmap(allocator(heap, freed.bundle()), freed.address(), freed.bytes());
  }

  /** Frees a heap that is empty ({@code vmh_free_heap}), or returns {@code -ENOTEMPTY}. */
  public int freeHeap(int heap, KernelMemory memory) {
    for (int i = 0; i < MAX_BUNDLES; i++) {
      int allocator = allocator(heap, i);
      if (allocator != 0 && !bits.isCleared(blocks.bitmap(allocator), 0, blocks.count(allocator))) {
        return -Errno.ENOTEMPTY;
      }
    }
    new VirtualHeapObjects(cpu, memory).release(heap);
    return 0;
  }

  private int allocator(int heap, int bundle) {
    return cpu.load32(allocatorSlot(heap, bundle));
  }

  private int sizes(int heap, int bundle) {
    return cpu.load32(sizesSlot(heap, bundle));
  }

  /** Where the pointer to the allocator of a bundle lies. */
  static int allocatorSlot(int heap, int bundle) {
    return heap + ALLOCATORS.offset() + 4 * bundle;
  }

  /** Where the pointer to the bits that say which blocks belong together lies. */
  static int sizesSlot(int heap, int bundle) {
    return heap + SIZES.offset() + 4 * bundle;
  }
}
