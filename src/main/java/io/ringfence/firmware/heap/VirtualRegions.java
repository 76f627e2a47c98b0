package io.ringfence.firmware.heap;

import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The regions {@code vregion_*} (SOF zephyr/lib/vregion.c, 12dd726529): pages from which memory is
 * first allocated for the lifetime of the region, and after {@link #setInterim} from a heap in the
 * rest. A region is named by the address of its structure, a block of the system heap.
 */
public final class VirtualRegions {
  /** What a region allocates ({@code enum vregion_mem_type}). */
  public enum Mode {
    /** Blocks of the heap in the rest of the region. */
    INTERIM,
    /** Memory that is never freed. */
    LIFETIME,
    /** Nothing any more: too little was left for the heap. */
    INVALID
  }

  private static final Struct.Builder LAYOUT = Struct.define("vregion");

  /** First address of the region. */
  public static final Field BASE = LAYOUT.pointer("base");

  /** Size in bytes. */
  public static final Field SIZE = LAYOUT.u32("size");

  /** Size in pages. */
  public static final Field PAGES = LAYOUT.u32("pages");

  /** The mutex: how often it is held. */
  public static final Field LOCK = LAYOUT.u32("lock");

  /** How many hold a reference. */
  public static final Field USE_COUNT = LAYOUT.u32("use_count");

  /** The {@link Mode}, by ordinal. */
  public static final Field TYPE = LAYOUT.u32("type");

  /** The {@code k_heap} of the interim mode. */
  public static final Field INTERIM = LAYOUT.struct("interim", KHeap.STRUCT);

  /** First address for the lifetime. */
  public static final Field LIFETIME_BASE = LAYOUT.pointer("lifetime.base");

  /** Next address for the lifetime. */
  public static final Field LIFETIME_PTR = LAYOUT.pointer("lifetime.ptr");

  /** Bytes that the lifetime may use. */
  public static final Field LIFETIME_SIZE = LAYOUT.u32("lifetime.size");

  /** Bytes that the lifetime uses. */
  public static final Field LIFETIME_USED = LAYOUT.u32("lifetime.used");

  /** How often lifetime memory was freed, which has no effect. */
  public static final Field LIFETIME_FREES = LAYOUT.u32("lifetime.free_count");

  private static final Struct STRUCT = LAYOUT.build();
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final int LEAST_INTERIM = 1024;

  private final Cpu cpu;
  private final SofHeap heap;
  private final SysHeap sysHeap;
  private final VirtualPages pages;
  private final HeapPlatform platform;
  private final CacheAliases aliases;

  /** Makes the functions; all state is in RAM. */
  public VirtualRegions(
      Cpu cpu, SofHeap heap, SysHeap sysHeap, VirtualPages pages, HeapPlatform platform) {
    this.cpu = cpu;
    this.heap = heap;
    this.sysHeap = sysHeap;
    this.pages = pages;
    this.platform = platform;
    this.aliases = new CacheAliases(true);
  }

  /** Makes a region ({@code vregion_create}), or returns 0. */
  public int create(int bytes) {
    if (bytes == 0) {
      platform.error("invalid vregion memsize");
      return 0;
    }
    int size = bytes + PageDriver.PAGE_BYTES - 1 & -PageDriver.PAGE_BYTES;
    int region = heap.rmalloc(0, STRUCT.size());
    if (region == 0) {
      return 0;
    }
    int count = size >>> 12;
    int base = pages.alloc(count);
    if (base == 0) {
      heap.rfree(region);
      return 0;
    }
    set(region, BASE, base);
    set(region, SIZE, size);
    set(region, PAGES, count);
    set(region, LIFETIME_BASE, base);
    set(region, LIFETIME_SIZE, size);
    set(region, LIFETIME_PTR, base);
    set(region, LIFETIME_USED, 0);
    set(region, LIFETIME_FREES, 0);
    set(region, TYPE, Mode.LIFETIME.ordinal());
    set(region, LOCK, 0);
    set(region, USE_COUNT, 1);
    return region;
  }

  /** Takes a reference ({@code vregion_get}). */
  public int get(int region) {
    if (region != 0) {
      lock(region);
      set(region, USE_COUNT, word(region, USE_COUNT) + 1);
      unlock(region);
    }
    return region;
  }

  /**
   * Gives a reference back ({@code vregion_put}). The last one frees the region.
   *
   * @return the region, or 0 if it was freed
   */
  public int put(int region) {
    if (region == 0) {
      return 0;
    }
    lock(region);
    int left = word(region, USE_COUNT) - 1;
    set(region, USE_COUNT, left);
    unlock(region);
    if (left != 0) {
      return region;
    }
    pages.free(word(region, BASE));
    heap.rfree(region);
    return 0;
  }

  /** Makes the rest of the region a heap ({@code vregion_set_interim}). */
  public void setInterim(int region) {
    if (region == 0) {
      return;
    }
    lock(region);
    initInterim(region);
    unlock(region);
  }

  private void initInterim(int region) {
    if (mode(region) == Mode.INTERIM) {
      platform.warning("already in interim mode");
      return;
    }
    int start = word(region, LIFETIME_PTR) + LINE - 1 & -LINE;
    int bytes = word(region, BASE) + word(region, SIZE) - start;
    if (bytes < LEAST_INTERIM) {
      platform.warning("too little memory left for interim heap");
      set(region, TYPE, Mode.INVALID.ordinal());
      return;
    }
    set(region, LIFETIME_SIZE, start - word(region, BASE));
    int interim = region + INTERIM.offset();
    set(interim, SysHeap.INIT_MEM, start);
    set(interim, SysHeap.INIT_BYTES, bytes);
    sysHeap.init(interim, start, bytes);
    set(region, TYPE, Mode.INTERIM.ordinal());
    set(region, LIFETIME_PTR, start + bytes);
    set(region, LIFETIME_USED, start + bytes - word(region, LIFETIME_BASE));
  }

  /** Allocates ({@code vregion_alloc_align}), or returns 0. */
  public int alloc(int region, int bytes, int align) {
    if (region == 0 || bytes == 0) {
      return 0;
    }
    int boundary = Integer.compareUnsigned(align, LINE) < 0 ? LINE : align;
    lock(region);
    int address =
        switch (word(region, TYPE)) {
          case 0 -> allocInterim(region, bytes, boundary);
          case 1 -> allocLifetime(region, bytes, boundary);
          default -> {
            platform.error("invalid memory type");
            yield 0;
          }
        };
    unlock(region);
    return address;
  }

  private int allocInterim(int region, int bytes, int align) {
    int interim = region + INTERIM.offset();
    platform.lockSpin(interim + KHeap.LOCK.offset());
    int address = sysHeap.alignedAlloc(interim, align, bytes);
    platform.unlockSpin(interim + KHeap.LOCK.offset());
    if (address == 0) {
      platform.warning("interim alloc failed");
    }
    return address;
  }

  private int allocLifetime(int region, int bytes, int align) {
    if (Integer.bitCount(align) != 1) {
      throw new KernelPanic("ALIGN_UP: the alignment is no power of two");
    }
    int next = word(region, LIFETIME_PTR);
    int address = next + align - 1 & -align;
    int size = align == LINE ? bytes + LINE - 1 & -LINE : bytes;
    int taken = address - next + size;
    int used = word(region, LIFETIME_USED);
    if (Integer.compareUnsigned(taken + used, word(region, LIFETIME_SIZE)) > 0) {
      platform.warning("lifetime alloc failed");
      return 0;
    }
    set(region, LIFETIME_PTR, next + taken);
    set(region, LIFETIME_USED, used + taken);
    return address;
  }

  /** Allocates memory for uncached use ({@code vregion_alloc_coherent_align}), or returns 0. */
  public int allocCoherent(int region, int bytes, int align) {
    int size = bytes + LINE - 1 & -LINE;
    int address = alloc(region, size, align);
    if (address == 0) {
      return 0;
    }
    platform.invalidate(address, size);
    return aliases.uncached(address);
  }

  /** Frees ({@code vregion_free}): a block of the heap; lifetime memory is only counted. */
  public void free(int region, int pointer) {
    if (region == 0 || pointer == 0) {
      return;
    }
    lock(region);
    int address = aliases.cached(pointer);
    int interim = region + INTERIM.offset();
    if (mode(region) == Mode.INTERIM
        && isInside(address, word(interim, SysHeap.INIT_MEM), word(interim, SysHeap.INIT_BYTES))) {
      platform.lockSpin(interim + KHeap.LOCK.offset());
      sysHeap.free(interim, address);
      platform.unlockSpin(interim + KHeap.LOCK.offset());
    } else if (isInside(address, word(region, LIFETIME_BASE), word(region, LIFETIME_SIZE))) {
      set(region, LIFETIME_FREES, word(region, LIFETIME_FREES) + 1);
    } else {
      platform.error("vregion free invalid pointer");
    }
    unlock(region);
  }

  private static boolean isInside(int address, int start, int bytes) {
    return Integer.compareUnsigned(address, start) >= 0
        && Integer.compareUnsigned(address, start + bytes) < 0;
  }

  private Mode mode(int region) {
    int type = word(region, TYPE);
    return type == 0 ? Mode.INTERIM : type == 1 ? Mode.LIFETIME : Mode.INVALID;
  }

  private void lock(int region) {
    platform.lockMutex(region + LOCK.offset());
    set(region, LOCK, word(region, LOCK) + 1);
  }

  private void unlock(int region) {
    set(region, LOCK, word(region, LOCK) - 1);
    platform.unlockMutex(region + LOCK.offset());
  }

  /** Untracked: use after the last {@link #put} is a defect that must run its course. */
  private int word(int region, Field field) {
    return cpu.loadUntracked32(region + field.offset());
  }

  private void set(int region, Field field, int value) {
    cpu.storeUntracked32(region + field.offset(), value);
  }
}
