package io.ringfence.firmware.fastget;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.AllocContext;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Struct;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shared copies of constant data (SOF zephyr/lib/fast-get.c, 12dd726529), in a build with user
 * space. The thread that calls is in user mode if the processor has a memory domain.
 */
public final class FastGet {
  /** How many memory domains there can be. */
  public static final int MAX_DOMAINS = 4;

  /** A copy of more bytes gets whole pages of its own ({@code FAST_GET_MAX_COPY_SIZE}). */
  public static final int MAX_COPY_BYTES = MemoryDomains.PAGE_BYTES / 2;

  private static final Struct.Builder ENTRY_LAYOUT = Struct.define("sof_fast_get_entry");

  /** The constant data. */
  public static final Field DRAM_PTR = ENTRY_LAYOUT.pointer("dram_ptr");

  /** The copy. */
  public static final Field SRAM_PTR = ENTRY_LAYOUT.pointer("sram_ptr");

  /** Bytes that were asked for. */
  public static final Field SIZE = ENTRY_LAYOUT.u32("size");

  /** How often the copy is held. */
  public static final Field REFCOUNT = ENTRY_LAYOUT.u32("refcount");

  /** The heap that the copy is from, 0 for NULL; only repaired designs use it. */
  private static final Field HEAP = ENTRY_LAYOUT.pointer("heap");

  /** How often each domain holds the copy; only repaired designs use it. */
  private static final Field USERS = ENTRY_LAYOUT.words("users", MAX_DOMAINS);

  /** The layout of an entry. */
  public static final Struct ENTRY = ENTRY_LAYOUT.build();

  private static final Struct.Builder DATA_LAYOUT = Struct.define("sof_fast_get_data");

  /** The spinlock. */
  static final Field LOCK = DATA_LAYOUT.u32("lock");

  /** The pool of entries. */
  public static final Field POOL = DATA_LAYOUT.struct("pool", ObjectPool.HEAD);

  /** The layout of {@code fast_get_data}. */
  public static final Struct DATA = DATA_LAYOUT.build();

  private static final int ENTRY_FLAGS = MemFlags.USER | MemFlags.COHERENT;
  private static final int LINE_BYTES = 64;
  private static final int PAGE = MemoryDomains.PAGE_BYTES;

  private final Cpu cpu;
  private final SofHeap heap;
  private final @Nullable VirtualRegions regions;
  private final ObjectPool pool;
  private final HeapPlatform platform;
  private final int data;
  private final Design design;
  private final CopyGrants grants;

  /**
   * Makes the functions of a build in which each driver has a heap, and copies of any size are
   * shared; the pool at {@code data}, a {@link #DATA}, is empty.
   */
  public FastGet(
      Cpu cpu, SofHeap heap, ObjectPool pool, HeapPlatform platform, int data, Design design) {
    this(cpu, heap, null, pool, platform, data, design);
  }

  /**
   * Makes the functions of any build; the pool at {@code data} is empty.
   *
   * @param regions the virtual regions of a build without heaps of drivers, in which small copies
   *     lie in a module's own memory and are not shared; null in a build with such heaps
   */
  public FastGet(
      Cpu cpu,
      SofHeap heap,
      @Nullable VirtualRegions regions,
      ObjectPool pool,
      HeapPlatform platform,
      int data,
      Design design) {
    this.cpu = cpu;
    this.heap = heap;
    this.regions = regions;
    this.pool = pool;
    this.platform = platform;
    this.data = data;
    this.design = design;
    this.grants = new CopyGrants(cpu);
    pool.init(POOL.in(data));
  }

  /**
   * Returns the copy of constant data, which is made if there is none yet ({@code fast_get}).
   *
   * @param context that of the caller
   * @return the address of the copy; 0 if there is no memory, or it cannot be granted
   */
  public int get(AllocContext context, int source, int bytes) {
    platform.lockSpin(LOCK.in(data));
    int copy = getLocked(context, source, bytes);
    platform.unlockSpin(LOCK.in(data));
    return copy;
  }

  private int getLocked(AllocContext context, int source, int bytes) {
    int from = isLarge(bytes) && design.has(Fix.LARGE_COPY_OUTSIDE) ? 0 : context.heap();
    boolean shares = regions == null || isLarge(bytes);
    int entry = find(shares ? source : 0, from);
    if (entry == 0) {
      entry = pool.alloc(POOL.in(data), ENTRY.size(), ENTRY_FLAGS);
      if (entry == 0) {
        return 0;
      }
    }
    if (cpu.load(SRAM_PTR, entry) != 0) {
      return share(entry, source, bytes);
    }
    int copy = make(new AllocContext(from, context.region()), source, bytes);
    if (copy == 0) {
      if (design.has(Fix.COPY_TO_ITS_HEAP)) {
        pool.free(POOL.in(data), entry);
      }
      return 0;
    }
    cpu.store(DRAM_PTR, entry, source);
    cpu.store(SIZE, entry, bytes);
    cpu.store(SRAM_PTR, entry, copy);
    cpu.store(REFCOUNT, entry, 1);
    cpu.store(HEAP, entry, from);
    countUser(entry, 1);
    return copy;
  }

  private int find(int source, int from) {
    int[] found = new int[1];
    pool.iterate(
        POOL.in(data),
        entry -> {
          if (cpu.load(DRAM_PTR, entry) != source
              || design.has(Fix.SHARE_WITHIN_HEAP) && cpu.load(HEAP, entry) != from) {
            return false;
          }
          found[0] = entry;
          return true;
        });
    return found[0];
  }

  private int share(int entry, int source, int bytes) {
    if (cpu.load(SIZE, entry) != bytes || cpu.load(DRAM_PTR, entry) != source) {
      platform.error("size or pointer mismatch");
      return 0;
    }
    int copy = cpu.load(SRAM_PTR, entry);
    if (grants.isUserThread() && isLarge(bytes) && !grants.isGranted(copy)) {
      if (!grants.add(copy, bytes)) {
        platform.error("failed to grant additional access");
        return 0;
      }
      platform.invalidate(copy, bytes);
    }
    cpu.store(REFCOUNT, entry, cpu.load(REFCOUNT, entry) + 1);
    countUser(entry, 1);
    return copy;
  }

  private int make(AllocContext from, int source, int bytes) {
    int copy = allocate(from, bytes);
    if (copy == 0) {
      return 0;
    }
    cpu.copy(copy, source, bytes);
    platform.writeBack(copy, bytes);
    if (isLarge(bytes) && grants.isUserThread() && !grants.add(copy, bytes)) {
      platform.error("failed to grant access");
      heap.free(from.heap(), copy);
      return 0;
    }
    return copy;
  }

  private int allocate(AllocContext from, int bytes) {
    if (isLarge(bytes)) {
      return heap.alloc(
          from.heap(), MemFlags.USER | MemFlags.LARGE_BUFFER, CopyGrants.pages(bytes), PAGE);
    }
    return regions != null && from.region() != 0
        ? regions.alloc(from.region(), bytes, LINE_BYTES)
        : heap.alloc(from.heap(), MemFlags.USER, bytes, LINE_BYTES);
  }

  /**
   * Gives a reference to a copy back, and frees the copy with the last one ({@code fast_put}).
   *
   * @param context that of the caller
   * @param domain tells the domain that loses its partition, or {@link MemoryDomains#NO_DOMAIN};
   *     asked only if the copy is large
   */
  public void put(AllocContext context, IntSupplier domain, int copy) {
    platform.lockSpin(LOCK.in(data));
    int[] found = new int[1];
    pool.iterate(
        POOL.in(data),
        entry -> {
          found[0] = entry;
          return cpu.load(SRAM_PTR, entry) == copy;
        });
    if (found[0] == 0 || cpu.load(SRAM_PTR, found[0]) != copy) {
      platform.error("put of an unknown address");
    } else {
      putEntry(found[0], context, domain);
    }
    platform.unlockSpin(LOCK.in(data));
  }

  private void putEntry(int entry, AllocContext context, IntSupplier domain) {
    int copy = cpu.load(SRAM_PTR, entry);
    int bytes = cpu.load(SIZE, entry);
    int count = cpu.load(REFCOUNT, entry) - 1;
    cpu.store(REFCOUNT, entry, count);
    countUser(entry, -1);
    if (count == 0) {
      release(entry, context, copy, bytes);
    }
    if (isLarge(bytes)) {
      revoke(entry, domain.getAsInt(), copy, bytes);
    }
    if (count == 0) {
      cpu.zero(entry, ENTRY.size());
      if (design.has(Fix.ENTRY_TO_POOL)) {
        pool.free(POOL.in(data), entry);
      }
    }
  }

  private void release(int entry, AllocContext context, int copy, int bytes) {
    if (regions != null && context.region() != 0 && !isLarge(bytes)) {
      regions.free(context.region(), copy);
    } else {
      heap.free(design.has(Fix.COPY_TO_ITS_HEAP) ? cpu.load(HEAP, entry) : context.heap(), copy);
    }
  }

  private void revoke(int entry, int domain, int copy, int bytes) {
    if (domain != MemoryDomains.NO_DOMAIN && !isUsed(entry, domain)) {
      grants.remove(domain, copy, bytes);
    }
  }

  private static boolean isLarge(int bytes) {
    return bytes > MAX_COPY_BYTES;
  }

  private void countUser(int entry, int change) {
    if (design.has(Fix.COUNT_GRANTS) && grants.isUserThread()) {
      int users = USERS.in(entry) + 4 * cpu.domain();
      cpu.store32(users, cpu.load32(users) + change);
    }
  }

  private boolean isUsed(int entry, int domain) {
    return design.has(Fix.COUNT_GRANTS) && cpu.load32(USERS.in(entry) + 4 * domain) != 0;
  }
}
