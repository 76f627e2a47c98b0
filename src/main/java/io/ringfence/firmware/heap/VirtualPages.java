package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The allocator of virtual pages {@code vpage_*} (SOF zephyr/lib/vpage.c, 12dd726529), defects
 * included: freeing moves the entry behind the last one, which is empty, over the freed one (O-07),
 * and a mapping that fails leaves pages mapped.
 */
public final class VirtualPages {
  private static final Struct.Builder LAYOUT = Struct.define("vpage_context");
  private static final Field LOCK = LAYOUT.u32("lock");

  /** Number of pages that are not allocated. */
  public static final Field FREE_PAGES = LAYOUT.u32("free_pages");

  /** Number of pages of the region. */
  public static final Field TOTAL_PAGES = LAYOUT.u32("total_pages");

  /** Number of allocations that are recorded. */
  public static final Field IN_USE = LAYOUT.u32("num_elems_in_use");

  private static final Field BITMAP = LAYOUT.struct("bitmap", BitArray.STRUCT);
  private static final Field BLOCKS = LAYOUT.struct("vpage_blocks", MemBlocks.STRUCT);
  private static final Struct HEADER = LAYOUT.build();
  private static final int ENTRY_BYTES = 4;

  private final Cpu cpu;
  private final PageDriver pages;
  private final HeapPlatform platform;
  private final BitArray bits;
  private final MemBlocks blocks;
  private final int context;
  private final int maxAllocations;
  private final Design design;

  /**
   * Makes the functions; all state is in RAM.
   *
   * @param context address of the {@code vpage_context}, {@link #contextBytes}
   * @param maxAllocations {@code CONFIG_SOF_VPAGE_MAX_ALLOCS}
   */
  public VirtualPages(
      Cpu cpu,
      PageDriver pages,
      HeapPlatform platform,
      int context,
      int maxAllocations,
      Design design) {
    this.design = design;
    this.cpu = cpu;
    this.pages = pages;
    this.platform = platform;
    this.bits = new BitArray(cpu);
    this.blocks = new MemBlocks(cpu, bits);
    this.context = context;
    this.maxAllocations = maxAllocations;
  }

  /** Size of the context in bytes, the table and one entry behind it included. */
  public static int contextBytes(int maxAllocations) {
    return HEADER.size() + ENTRY_BYTES * (maxAllocations + 1);
  }

  /**
   * Starts with all pages of a region free ({@code vpage_init}).
   *
   * @param bundles zeroed kernel memory for the bits
   */
  public void init(int region, int pageCount, int bundles) {
    int bitmap = context + BITMAP.offset();
    int allocator = context + BLOCKS.offset();
    cpu.store(TOTAL_PAGES, context, pageCount);
    cpu.store(FREE_PAGES, context, pageCount);
    cpu.store(IN_USE, context, 0);
    bits.init(bitmap, bundles, pageCount);
    cpu.store(MemBlocks.NUM_BLOCKS, allocator, pageCount);
    cpu.store(
        MemBlocks.BLOCK_SHIFT, allocator, Integer.numberOfTrailingZeros(PageDriver.PAGE_BYTES));
    cpu.store(MemBlocks.BUFFER, allocator, region);
    cpu.store(MemBlocks.BITMAP, allocator, bitmap);
  }

  /** The address of the context. */
  public int context() {
    return context;
  }

  /** A word of the context. */
  public int get(Field field) {
    return cpu.load(field, context);
  }

  /** Whether a page is taken. */
  public boolean isTaken(int page) {
    return bits.test(context + BITMAP.offset(), page);
  }

  /** Pages of an entry of the table, 0 for none. */
  public int entryPages(int entry) {
    return cpu.load16(entry(entry));
  }

  /** First page of an entry of the table. */
  public int entryFirst(int entry) {
    return cpu.load16(entry(entry) + 2);
  }

  /** Allocates adjacent pages and maps them ({@code vpage_alloc}); 0 if that fails. */
  public int alloc(int count) {
    platform.lockMutex(context + LOCK.offset());
    int result = allocLocked(count);
    platform.unlockMutex(context + LOCK.offset());
    if (result < 0 && result >= -4095) {
      platform.error("vpage_alloc failed " + result);
      return 0;
    }
    return result;
  }

  /** Returns the address, 0 for no pages, or a negative error number. */
  private int allocLocked(int count) {
    if (count == 0) {
      return 0;
    }
    if (Integer.compareUnsigned(get(FREE_PAGES), count) < 0) {
      platform.error("not enough free pages");
      return -Errno.ENOMEM;
    }
    if (Integer.compareUnsigned(get(IN_USE), maxAllocations) >= 0) {
      platform.error("max allocation elements reached");
      return -Errno.ENOMEM;
    }
    int allocator = context + BLOCKS.offset();
    int first = blocks.allocate(allocator, count);
    if (first < 0) {
      platform.error("failed to allocate continuous virtual pages");
      return first;
    }
    int address = blocks.buffer(allocator) + first * PageDriver.PAGE_BYTES;
    int mapped = pages.map(address, count * PageDriver.PAGE_BYTES);
    if (mapped < 0) {
      platform.error("failed to map virtual region");
      if (design.has(Fix.UNMAP_AFTER_FAILURE)) {
        pages.unmap(address, count * PageDriver.PAGE_BYTES);
      }
      blocks.free(allocator, address, count);
      return mapped;
    }
    if (design.has(Defect.BITMAP_MISSES_LAST) && count > 1) {
      bits.set(context + BITMAP.offset(), first + count - 1, 1, false);
    }
    cpu.store(FREE_PAGES, context, get(FREE_PAGES) - count);
    setEntry(get(IN_USE), count, first);
    cpu.store(IN_USE, context, get(IN_USE) + 1);
    return address;
  }

  /** Frees pages ({@code vpage_free}); what is wrong is only logged. */
  public void free(int address) {
    platform.lockMutex(context + LOCK.offset());
    freeLocked(address);
    platform.unlockMutex(context + LOCK.offset());
  }

  private int freeLocked(int address) {
    if ((address & PageDriver.PAGE_BYTES - 1) != 0) {
      platform.error("invalid non aligned page pointer");
      return -Errno.EINVAL;
    }
    int allocator = context + BLOCKS.offset();
    int region = blocks.buffer(allocator);
    if (region == 0) {
      // Not initialized: vpage_ctx.virtual_region is NULL, and its address is read.
      cpu.load32(region);
    }
    int page = address - region >>> 12;
    int found = 0;
    while (found < maxAllocations && !(entryPages(found) > 0 && entryFirst(found) == page)) {
      found++;
    }
    if (found == maxAllocations) {
      platform.error("invalid page pointer not found");
      return -Errno.EINVAL;
    }
    int count = entryPages(found);
    int unmapped = pages.unmap(address, count * PageDriver.PAGE_BYTES);
    if (unmapped < 0) {
      platform.error("failed to unmap virtual region");
      return unmapped;
    }
    int freed = blocks.free(allocator, address, count);
    if (freed < 0) {
      platform.error("failed to free virtual page blocks");
      return freed;
    }
    int last = design.has(Fix.MOVE_LAST_ENTRY) ? get(IN_USE) - 1 : get(IN_USE);
    if (last != found) {
      setEntry(found, entryPages(last), entryFirst(last));
    }
    setEntry(last, 0, 0);
    cpu.store(IN_USE, context, get(IN_USE) - 1);
    cpu.store(FREE_PAGES, context, get(FREE_PAGES) + count);
    return 0;
  }

  private int entry(int index) {
    return context + HEADER.size() + ENTRY_BYTES * index;
  }

  private void setEntry(int index, int count, int first) {
    cpu.store16(entry(index), count);
    cpu.store16(entry(index) + 2, first);
  }
}
