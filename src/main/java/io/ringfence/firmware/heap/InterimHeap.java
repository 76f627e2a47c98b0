package io.ringfence.firmware.heap;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.machine.Cpu;

/**
 * The heap in the rest of a virtual region, {@code interim_alloc} and {@code interim_free}: a
 * {@code k_heap}, whose bookkeeping lies in the region, or with fix O-26 a {@link LineHeap}, whose
 * bookkeeping lies behind the control structure.
 */
final class InterimHeap {
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final CacheAliases ALIASES = new CacheAliases(true);

  private final Cpu cpu;
  private final Vregion control;
  private final SysHeap sysHeap;
  private final LineHeap lineHeap;
  private final HeapPlatform platform;
  private final Design design;

  InterimHeap(Cpu cpu, Vregion control, SysHeap sysHeap, HeapPlatform platform, Design design) {
    this.cpu = cpu;
    this.control = control;
    this.sysHeap = sysHeap;
    this.lineHeap = new LineHeap(cpu);
    this.platform = platform;
    this.design = design;
  }

  private boolean isOutside() {
    return design.has(Fix.METADATA_OUTSIDE);
  }

  /** Bytes of bookkeeping behind the control structure of a region of that size. */
  int metadataBytes(int regionBytes) {
    return isOutside() ? LineHeap.bytes(regionBytes / LINE) : 0;
  }

  private static int metadata(int region) {
    return region + Vregion.STRUCT.size();
  }

  private static int kHeap(int region) {
    return Vregion.INTERIM.in(region);
  }

  void init(int region, int start, int bytes) {
    control.set(kHeap(region), SysHeap.INIT_MEM, start);
    control.set(kHeap(region), SysHeap.INIT_BYTES, bytes);
    if (isOutside()) {
      int lines = control.get(region, Vregion.SIZE) / LINE;
      lineHeap.init(metadata(region), lines, line(region, start));
    } else {
      initKHeap(kHeap(region), start, bytes);
    }
  }

  /** {@code k_heap_init}, which in many versions of Zephyr leaves the spinlock alone. */
  private void initKHeap(int kHeap, int start, int bytes) {
    int queue = KHeap.WAIT_QUEUE.in(kHeap);
    cpu.store32(queue, queue);
    cpu.store32(queue + 4, queue);
    sysHeap.init(kHeap, headers(start), bytes);
    if (design.has(Fix.REGION_CONTROL)) {
      platform.writeBack(start, bytes);
    }
  }

  /** The address by which the heap reaches its memory, and names its blocks. */
  private int headers(int address) {
    return design.has(Fix.REGION_HEAP_UNCACHED) ? ALIASES.uncached(address) : address;
  }

  private int line(int region, int address) {
    return (address - control.get(region, Vregion.BASE)) / LINE;
  }

  int alloc(int region, int bytes, int align) {
    int address =
        isOutside() ? allocLines(region, bytes, align) : allocChunk(kHeap(region), bytes, align);
    if (address == 0) {
      platform.warning("interim alloc failed");
    }
    return address;
  }

  private int allocChunk(int kHeap, int bytes, int align) {
    platform.lockSpin(KHeap.LOCK.in(kHeap));
    int size = design.has(Fix.REGION_HEAP_UNCACHED) ? bytes + LINE - 1 & -LINE : bytes;
    int address = sysHeap.alignedAlloc(kHeap, align, size);
    platform.unlockSpin(KHeap.LOCK.in(kHeap));
    return address == 0 ? 0 : ALIASES.cached(address);
  }

  private int allocLines(int region, int bytes, int align) {
    int base = control.get(region, Vregion.BASE);
    int line = lineHeap.alloc(metadata(region), base >>> 6, bytes, align);
    if (line < 0) {
      return 0;
    }
    control.allocateShadow(base + line * LINE, bytes);
    return base + line * LINE;
  }

  boolean contains(int region, int address) {
    return Vregion.isInside(
        address,
        control.get(kHeap(region), SysHeap.INIT_MEM),
        control.get(kHeap(region), SysHeap.INIT_BYTES));
  }

  void free(int region, int address) {
    if (isOutside()) {
      if (!lineHeap.free(metadata(region), line(region, address))) {
        platform.error("vregion free invalid pointer");
      }
      return;
    }
    platform.lockSpin(KHeap.LOCK.in(kHeap(region)));
    int block = headers(address);
    if (design.has(Fix.REGION_FLUSH_ON_FREE)) {
      platform.flushAndInvalidate(address, sysHeap.usableSize(kHeap(region), block));
    }
    sysHeap.free(kHeap(region), block);
    platform.unlockSpin(KHeap.LOCK.in(kHeap(region)));
  }
}
