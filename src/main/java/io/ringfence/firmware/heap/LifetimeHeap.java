package io.ringfence.firmware.heap;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelPanic;

/**
 * The linear allocator of a virtual region, {@code lifetime_alloc} and {@code lifetime_free}:
 * memory from the start of the region on that is never handed out twice. Frees are counted only.
 */
final class LifetimeHeap {
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final long SIZE_T = 0xffffffffL;

  private final Vregion control;
  private final HeapPlatform platform;
  private final Design design;

  LifetimeHeap(Vregion control, HeapPlatform platform, Design design) {
    this.control = control;
    this.platform = platform;
    this.design = design;
  }

  void init(int region, int base, int bytes, int used) {
    control.set(region, Vregion.LIFETIME_BASE, base);
    control.set(region, Vregion.LIFETIME_SIZE, bytes);
    control.set(region, Vregion.LIFETIME_PTR, base + used);
    control.set(region, Vregion.LIFETIME_USED, used);
    control.set(region, Vregion.LIFETIME_FREES, 0);
  }

  int alloc(int region, int bytes, int align) {
    VirtualRegions.Room room = find(region, bytes, align);
    if (room.address() != 0) {
      take(region, room);
    }
    return room.address();
  }

  /** The first half of an allocation: where the block will be. */
  VirtualRegions.Room find(int region, int bytes, int align) {
    if (Integer.bitCount(align) != 1) {
      throw new KernelPanic("ALIGN_UP: the alignment is no power of two");
    }
    int next = control.get(region, Vregion.LIFETIME_PTR);
    int address = next + align - 1 & -align;
    long size = Integer.toUnsignedLong(bytes);
    if (align == LINE) {
      size = size + LINE - 1 & -LINE;
    }
    long taken = Integer.toUnsignedLong(address - next) + size;
    long sum = taken + Integer.toUnsignedLong(control.get(region, Vregion.LIFETIME_USED));
    if (!design.has(Fix.CHECK_LIFETIME_SIZE)) {
      sum &= SIZE_T; // the C code adds up in a size_t
    }
    if (sum > Integer.toUnsignedLong(control.get(region, Vregion.LIFETIME_SIZE))) {
      platform.warning("lifetime alloc failed");
      return VirtualRegions.Room.NONE;
    }
    return new VirtualRegions.Room(address, (int) taken);
  }

  /** The second half of an allocation. */
  void take(int region, VirtualRegions.Room room) {
    int pointer = control.get(region, Vregion.LIFETIME_PTR);
    int used = control.get(region, Vregion.LIFETIME_USED);
    control.set(region, Vregion.LIFETIME_PTR, pointer + room.bytes());
    control.set(region, Vregion.LIFETIME_USED, used + room.bytes());
    int base = control.get(region, Vregion.BASE);
    int size = control.get(region, Vregion.SIZE);
    if (Vregion.isInside(room.address(), base, size)) {
      int left = base + size - room.address();
      boolean fits = Integer.compareUnsigned(room.bytes(), left) <= 0;
      control.allocateShadow(room.address(), fits ? room.bytes() : left);
    }
  }

  boolean contains(int region, int address) {
    return Vregion.isInside(
        address,
        control.get(region, Vregion.LIFETIME_BASE),
        control.get(region, Vregion.LIFETIME_SIZE));
  }

  void free(int region) {
    control.set(region, Vregion.LIFETIME_FREES, control.get(region, Vregion.LIFETIME_FREES) + 1);
  }
}
