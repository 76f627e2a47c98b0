package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;

/**
 * The regions {@code vregion_*} (SOF zephyr/lib/vregion.c, 12dd726529): pages from which memory is
 * first allocated for the lifetime of the region, and after {@link #setInterim} from a heap in the
 * rest. A region is named by the address of its {@link Vregion}, a block of the system heap.
 *
 * <p>Defects included: the structure is not zeroed (O-47), the bookkeeping of the heap lies in the
 * region that a user module may write (O-26), sizes near 4 GiB wrap (R-41), and an alignment that
 * is no power of two stops the system.
 */
public final class VirtualRegions {
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final int LEAST_INTERIM = 1024;

  private final Cpu cpu;
  private final SofHeap heap;
  private final VirtualPages pages;
  private final HeapPlatform platform;
  private final Design design;
  private final Vregion control;
  private final LifetimeHeap lifetime;
  private final InterimHeap interim;
  private final CacheAliases aliases = new CacheAliases(true);

  /**
   * Memory for a lifetime that was found and not yet taken.
   *
   * @param address the block, 0 if there is no room
   * @param bytes how far the allocator has to move on, which includes what alignment skips
   */
  public record Room(int address, int bytes) {
    static final Room NONE = new Room(0, 0);
  }

  /**
   * Makes the functions; all state is in RAM.
   *
   * @param tracked whether it is a fault to use a control structure after the last {@link #put}, or
   *     a field that nobody wrote; without, such a defect runs its course
   */
  public VirtualRegions(
      Cpu cpu,
      SofHeap heap,
      SysHeap sysHeap,
      VirtualPages pages,
      HeapPlatform platform,
      Design design,
      boolean tracked) {
    this.cpu = cpu;
    this.heap = heap;
    this.pages = pages;
    this.platform = platform;
    this.design = design;
    this.control = new Vregion(cpu, tracked);
    this.lifetime = new LifetimeHeap(control, platform, design);
    this.interim = new InterimHeap(cpu, control, sysHeap, platform, design);
  }

  /** Makes a region ({@code vregion_create}), or returns 0. */
  public int create(int bytes) {
    if (bytes == 0) {
      platform.error("invalid vregion memsize");
      return 0;
    }
    int page = MemoryDomains.PAGE_BYTES;
    int size = bytes + page - 1 & -page;
    int controlBytes = Vregion.STRUCT.size() + interim.metadataBytes(size);
    boolean isInside = design.has(Defect.REGION_CONTROL_INSIDE);
    int flags = design.has(Fix.REGION_CONTROL) ? MemFlags.COHERENT : 0;
    int outside = isInside ? 0 : heap.rmalloc(flags, controlBytes);
    if (outside == 0 && !isInside) {
      return 0;
    }
    int base = pages.alloc(size / page);
    if (base == 0) {
      heap.rfree(outside);
      return 0;
    }
    int region = isInside ? base : outside;
    if (isInside) {
      control.allocateShadow(region, controlBytes);
    }
    if (design.has(Fix.REGION_CONTROL)) {
      cpu.zero(region, controlBytes);
    }
    control.set(region, Vregion.BASE, base);
    control.set(region, Vregion.SIZE, size);
    control.set(region, Vregion.PAGES, size / page);
    lifetime.init(region, base, size, isInside ? controlBytes + LINE - 1 & -LINE : 0);
    control.set(region, Vregion.TYPE, Vregion.Mode.LIFETIME.ordinal());
    control.set(region, Vregion.LOCK, 0);
    control.set(region, Vregion.USE_COUNT, 1);
    return region;
  }

  private boolean isCounted() {
    return !design.has(Defect.REGION_NOT_COUNTED);
  }

  /** Takes a reference ({@code vregion_get}). */
  public int get(int region) {
    if (region != 0 && isCounted()) {
      lock(region);
      control.set(region, Vregion.USE_COUNT, control.get(region, Vregion.USE_COUNT) + 1);
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
    if (release(region) != 0) {
      return region;
    }
    freePages(region);
    freeControl(region);
    return 0;
  }

  /**
   * The first step of {@link #put}: counts.
   *
   * @return how many references are left
   */
  public int release(int region) {
    if (!isCounted()) {
      return 0;
    }
    lock(region);
    int left = control.get(region, Vregion.USE_COUNT) - 1;
    control.set(region, Vregion.USE_COUNT, left);
    unlock(region);
    return left;
  }

  /** The second step of {@link #put} when no reference is left. */
  public void freePages(int region) {
    pages.free(control.get(region, Vregion.BASE));
  }

  /** The last step of {@link #put} when no reference is left. */
  public void freeControl(int region) {
    if (!design.has(Defect.REGION_CONTROL_INSIDE)) {
      heap.rfree(region);
    }
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
    if (control.mode(region) == Vregion.Mode.INTERIM) {
      platform.warning("already in interim mode");
      return;
    }
    int base = control.get(region, Vregion.BASE);
    int start = control.get(region, Vregion.LIFETIME_PTR) + LINE - 1 & -LINE;
    int bytes = base + control.get(region, Vregion.SIZE) - start;
    if (bytes < LEAST_INTERIM) {
      platform.warning("too little memory left for interim heap");
      control.set(region, Vregion.TYPE, Vregion.Mode.INVALID.ordinal());
      return;
    }
    control.set(region, Vregion.LIFETIME_SIZE, start - base);
    interim.init(region, start, bytes);
    control.set(region, Vregion.TYPE, Vregion.Mode.INTERIM.ordinal());
    control.set(region, Vregion.LIFETIME_PTR, start + bytes);
    int used = start + bytes - control.get(region, Vregion.LIFETIME_BASE);
    control.set(region, Vregion.LIFETIME_USED, used);
  }

  /** Allocates ({@code vregion_alloc_align}), or returns 0. */
  public int alloc(int region, int bytes, int align) {
    if (region == 0 || bytes == 0) {
      return 0;
    }
    if (design.has(Fix.CHECK_REGION_ALIGNMENT) && Integer.bitCount(align) > 1) {
      platform.error("the alignment is no power of two");
      return 0;
    }
    lock(region);
    int address =
        switch (control.mode(region)) {
          case INTERIM -> interim.alloc(region, bytes, boundary(align));
          case LIFETIME -> lifetime.alloc(region, bytes, boundary(align));
          case INVALID -> {
            platform.error("invalid memory type");
            yield 0;
          }
        };
    unlock(region);
    return address;
  }

  private static int boundary(int align) {
    return Integer.compareUnsigned(align, LINE) < 0 ? LINE : align;
  }

  /**
   * The first half of an allocation in lifetime mode: where the block will be. The second half is
   * {@link #takeLifetime}; the mutex makes them one step, where there is a mutex.
   */
  public Room findLifetime(int region, int bytes, int align) {
    return lifetime.find(region, bytes, boundary(align));
  }

  /** The second half of an allocation in lifetime mode. */
  public void takeLifetime(int region, Room room) {
    lifetime.take(region, room);
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
    if (control.mode(region) == Vregion.Mode.INTERIM && interim.contains(region, address)) {
      interim.free(region, address);
    } else if (lifetime.contains(region, address)) {
      lifetime.free(region);
    } else {
      platform.error("vregion free invalid pointer");
    }
    unlock(region);
  }

  private void lock(int region) {
    if (isCounted()) {
      platform.lockMutex(Vregion.LOCK.in(region));
      control.set(region, Vregion.LOCK, control.get(region, Vregion.LOCK) + 1);
    }
  }

  private void unlock(int region) {
    if (isCounted()) {
      control.set(region, Vregion.LOCK, control.get(region, Vregion.LOCK) - 1);
      platform.unlockMutex(Vregion.LOCK.in(region));
    }
  }
}
