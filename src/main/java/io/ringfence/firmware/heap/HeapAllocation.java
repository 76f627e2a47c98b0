package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Cpu;
import java.util.Objects;

/** Which heap an allocation comes from, and how it is made there. */
final class HeapAllocation {
  private final HeapSet heaps;
  private final Cpu cpu;
  private final SysHeap sysHeap;
  private final SofHeap.Layout layout;
  private final OtherHeaps others;
  private final HeapPlatform platform;
  private final CacheAliases aliases;
  private final Design design;

  HeapAllocation(HeapSet heaps) {
    this.heaps = heaps;
    this.cpu = heaps.cpu();
    this.sysHeap = heaps.sysHeap();
    this.layout = heaps.layout();
    this.others = heaps.others();
    this.platform = heaps.platform();
    this.aliases = heaps.aliases();
    this.design = heaps.design();
  }

  /** {@code z_impl_sof_heap_alloc}. */
  int alloc(int heap, int flags, int bytes, int align) {
    boolean shared = isForShared(flags) && !design.has(Defect.IGNORE_SHARED);
    boolean byHint = heap == 0 || design.has(Defect.LARGE_OVERRIDES_HEAP);
    if (shared || byHint && (flags & MemFlags.LARGE_BUFFER) != 0) {
      return rballocAlign(flags, bytes, align);
    }
    return allocFrom(heap == 0 ? layout.systemHeap() : heap, flags, bytes, align);
  }

  /** {@code rmalloc_align}. */
  int rmallocAlign(int flags, int bytes, int align) {
    if ((flags & MemFlags.L3) != 0) {
      if (others.l3() == 0) {
        throw new KernelPanic("rmalloc: this build has no L3 heap");
      }
      if ((flags & MemFlags.COHERENT) != 0) {
        platform.error("L3_HEAP available for cached addresses only");
        return 0;
      }
      return allocL3(bytes, align);
    }
    return allocFrom(sharedOrSystem(flags), flags, bytes, align);
  }

  private boolean isForShared(int flags) {
    return (flags & MemFlags.USER_SHARED_BUFFER) != 0 && others.shared() != 0;
  }

  private int sharedOrSystem(int flags) {
    return isForShared(flags) ? others.shared() : layout.systemHeap();
  }

  private int allocLocked(int heap, int align, int bytes) {
    heaps.lock(heap);
    int address = sysHeap.alignedAlloc(heap, align, bytes);
    heaps.unlock(heap);
    return address;
  }

  private int allocL3(int bytes, int align) {
    if (cpu.core() != 0) {
      platform.error("L3_HEAP available only for primary core");
      return 0;
    }
    if (design.has(Fix.CHECK_L3_HEAP) && cpu.load(SysHeap.HEAP, others.l3()) == 0) {
      platform.error("L3_HEAP not available");
      return 0;
    }
    return allocLocked(others.l3(), align, bytes);
  }

  /** {@code rballoc_align}. */
  int rballocAlign(int flags, int bytes, int align) {
    if ((flags & MemFlags.L3) != 0) {
      if (others.l3() == 0) {
        platform.error("L3_HEAP not available");
        return 0;
      }
      return allocL3(bytes, align);
    }
    if (!isForShared(flags) && heaps.virtualHeap() != 0) {
      return allocVirtual(flags, bytes, align);
    }
    return allocFrom(sharedOrSystem(flags), flags, bytes, align);
  }

  private int allocVirtual(int flags, int bytes, int align) {
    VirtualHeap virtual = Objects.requireNonNull(others.virtual(), "the caller looked");
    int address = virtual.alloc(heaps.virtualHeap(), bytes, align);
    if (address == 0) {
      return 0;
    }
    if (cpu.ram().contains(address, bytes)) {
      cpu.ram().shadow().allocate(address, bytes);
    }
    if (layout.asserts() && align != 0 && Integer.remainderUnsigned(address, align) != 0) {
      throw new KernelAssert("virtual_heap_alloc: the block is not aligned as asked");
    }
    return (flags & MemFlags.COHERENT) != 0 ? aliases.uncached(address) : address;
  }

  private int allocFrom(int heap, int flags, int bytes, int align) {
    int address = allocAligned(heap, flags, bytes, align);
    return address == 0 || !layout.heapCached() || (flags & MemFlags.COHERENT) != 0
        ? address
        : aliases.cached(address);
  }

  /** Keeps blocks and chunk headers from sharing a cache line ({@code heap_alloc_aligned}). */
  private int allocAligned(int heap, int flags, int bytes, int align) {
    if (isToFail()) {
      return 0;
    }
    if (!layout.heapCached()) {
      return allocLocked(heap, align, bytes);
    }
    int line = CacheAliases.LINE_BYTES;
    int boundary = Integer.compareUnsigned(align, line) > 0 ? align : line;
    boolean rounds = (flags & MemFlags.COHERENT) == 0 || !design.has(Defect.UNCACHED_NOT_ROUNDED);
    int rounded = rounds ? bytes + line - 1 & -line : bytes;
    int address = allocLocked(heap, boundary, rounded);
    if (address != 0) {
      // The rounding is ours, not the caller's: beyond what was asked for lies no object.
      cpu.ram().shadow().withhold(address + bytes, rounded - bytes);
    }
    return address;
  }

  private boolean isToFail() {
    int countdown = cpu.ram().load32(layout.failCountdown());
    if (countdown == 0) {
      return false;
    }
    cpu.ram().store32(layout.failCountdown(), countdown - 1);
    return countdown == 1;
  }
}
