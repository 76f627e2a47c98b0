package io.ringfence.firmware.heap;

import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * The allocation functions of SOF (zephyr/lib/alloc.c and zephyr/syscall/alloc.c, 12dd726529) in a
 * build with the system heap and the LL user heap, without L3 heap, virtual heap and shared buffer
 * heap.
 *
 * <p>A heap is named by the address of its {@code struct k_heap}, which begins with its {@link
 * SysHeap} structure; the rest of it, a wait queue and a spinlock, has no effect here, because
 * these functions never wait and each is one atomic step. Which memory user space can reach is not
 * decided here but by the partitions of the memory domains.
 */
public final class SofHeap {
  private final Cpu cpu;
  private final SysHeap sysHeap;
  private final Layout layout;

  /**
   * Where the objects lie that the allocation functions use.
   *
   * @param systemHeap address of the system heap's {@code k_heap}
   * @param userHeap address of the LL user heap's {@code k_heap}, 0 in a build without
   * @param failCountdown address of a word for {@link #failAllocation}
   * @param heapCached whether blocks are rounded to cache lines ({@code
   *     CONFIG_SOF_ZEPHYR_HEAP_CACHED})
   */
  public record Layout(int systemHeap, int userHeap, int failCountdown, boolean heapCached) {}

  /** Makes the functions; all state is in RAM. */
  public SofHeap(Cpu cpu, SysHeap sysHeap, Layout layout) {
    this.cpu = cpu;
    this.sysHeap = sysHeap;
    this.layout = layout;
  }

  // Boot.

  /** Makes memory the system heap ({@code heap_init}). Its range is not recorded. */
  public void initSystemHeap(int memory, int bytes) {
    sysHeap.init(layout.systemHeap(), memory, bytes);
  }

  /** Makes memory a heap and records its range, as the owners of other heaps do. */
  public void initHeap(int heap, int memory, int bytes) {
    cpu.store(SysHeap.INIT_MEM, heap, memory);
    cpu.store(SysHeap.INIT_BYTES, heap, bytes);
    sysHeap.init(heap, memory, bytes);
  }

  /**
   * Makes an allocation fail, as if there were no room.
   *
   * @param countdown 1 for the next allocation from any heap, 2 for the one after it, and so on; 0
   *     for none
   */
  public void failAllocation(int countdown) {
    cpu.ram().store32(layout.failCountdown(), countdown);
  }

  // The calls that user space may make.

  /** Returns the system heap ({@code sof_sys_heap_get}). */
  public int systemHeap() {
    return layout.systemHeap();
  }

  /** Returns the LL user heap, or 0 in a build without ({@code sof_sys_user_heap_get}). */
  public int userHeap() {
    return layout.userHeap();
  }

  /**
   * Allocates a block ({@code sof_heap_alloc}); in user mode a system call.
   *
   * @param heap a {@code k_heap}, or 0 for the system heap
   * @param align a power of two, or 0; not checked
   * @return the address of the block, which is not initialized, or 0
   * @throws KernelOops if user mode asks for flags, or a heap, that are not for it
   */
  public int alloc(int heap, int flags, int bytes, int align) {
    if (cpu.mode() == Mode.KERNEL) {
      return implAlloc(heap, flags, bytes, align);
    }
    Mode caller = cpu.raise();
    try {
      if ((flags & ~MemFlags.ALLOWED_TO_USER) != 0) {
        throw new KernelOops(
            String.format("sof_heap_alloc: flags 0x%x are not for user space", flags));
      }
      verifyUserHeap("sof_heap_alloc", heap);
      return implAlloc(heap, flags, bytes, align);
    } finally {
      cpu.lower(caller);
    }
  }

  /**
   * Frees a block ({@code sof_heap_free}); in user mode a system call. Address 0 has no effect.
   *
   * @throws KernelOops if user mode names another heap than its own, or memory that it may not
   *     write
   */
  public void free(int heap, int address) {
    if (cpu.mode() == Mode.KERNEL) {
      implFree(heap, address);
      return;
    }
    Mode caller = cpu.raise();
    try {
      verifyUserHeap("sof_heap_free", heap);
      if (address != 0) {
        verifyUserPointer(heap, address);
      }
      implFree(heap, address);
    } finally {
      cpu.lower(caller);
    }
  }

  private void verifyUserHeap(String call, int heap) {
    if (heap != layout.userHeap() || heap == 0) {
      throw new KernelOops(String.format("%s: 0x%08x is not the heap of user space", call, heap));
    }
  }

  /** Checks range and access, but not that a block starts at the address: the C code does not. */
  private void verifyUserPointer(int heap, int address) {
    int start = cpu.load(SysHeap.INIT_MEM, heap);
    int end = start + cpu.load(SysHeap.INIT_BYTES, heap);
    int uncached = CacheAliases.uncached(address);
    if (Integer.compareUnsigned(uncached, start) < 0
        || Integer.compareUnsigned(uncached, end) >= 0) {
      throw new KernelOops(
          String.format("sof_heap_free: 0x%08x is not in the heap of user space", address));
    }
    if (!cpu.mayWrite(cpu.domain(), address, 1)) {
      throw new KernelOops(
          String.format("sof_heap_free: the caller may not write 0x%08x", address));
    }
  }

  // Kernel only.

  /** Allocates from the system heap ({@code rmalloc}). */
  public int rmalloc(int flags, int bytes) {
    return rmallocAlign(flags, bytes, 0);
  }

  /**
   * Allocates from the system heap ({@code rmalloc_align}).
   *
   * @throws KernelPanic if L3 memory is asked for, which this build does not have
   */
  public int rmallocAlign(int flags, int bytes, int align) {
    if ((flags & MemFlags.L3) != 0) {
      throw new KernelPanic("rmalloc: this build has no L3 heap");
    }
    return allocFrom(layout.systemHeap(), flags, bytes, align);
  }

  /** Allocates a zeroed block from the system heap ({@code rzalloc}). */
  public int rzalloc(int flags, int bytes) {
    int address = rmalloc(flags, bytes);
    if (address != 0) {
      cpu.zero(address, bytes);
    }
    return address;
  }

  /**
   * Allocates a buffer from the system heap ({@code rballoc_align}); 0 if L3 memory is asked for.
   */
  public int rballocAlign(int flags, int bytes, int align) {
    return (flags & MemFlags.L3) != 0 ? 0 : allocFrom(layout.systemHeap(), flags, bytes, align);
  }

  /** Frees to the system heap, whatever heap the block is from ({@code rfree}). */
  public void rfree(int address) {
    if (address != 0) {
      sysHeap.free(layout.systemHeap(), CacheAliases.uncached(address));
    }
  }

  private int implAlloc(int heap, int flags, int bytes, int align) {
    if (heap == 0 && (flags & MemFlags.LARGE_BUFFER) != 0) {
      return rballocAlign(flags, bytes, align);
    }
    return allocFrom(heap == 0 ? layout.systemHeap() : heap, flags, bytes, align);
  }

  /** Frees to the named heap if its recorded range holds the address, else to the system heap. */
  private void implFree(int heap, int address) {
    if (heap != 0 && address != 0 && isHeapPointer(heap, address)) {
      sysHeap.free(heap, CacheAliases.uncached(address));
    } else {
      rfree(address);
    }
  }

  private boolean isHeapPointer(int heap, int address) {
    int start = CacheAliases.cached(cpu.load(SysHeap.INIT_MEM, heap));
    int end = start + cpu.load(SysHeap.INIT_BYTES, heap);
    int cached = CacheAliases.cached(address);
    return Integer.compareUnsigned(cached, start) >= 0 && Integer.compareUnsigned(cached, end) < 0;
  }

  private int allocFrom(int heap, int flags, int bytes, int align) {
    int address = allocAligned(heap, bytes, align);
    return address == 0 || (flags & MemFlags.COHERENT) != 0
        ? address
        : CacheAliases.cached(address);
  }

  /** Keeps blocks and chunk headers from sharing a cache line ({@code heap_alloc_aligned}). */
  private int allocAligned(int heap, int bytes, int align) {
    if (isToFail()) {
      return 0;
    }
    if (!layout.heapCached()) {
      return sysHeap.alignedAlloc(heap, align, bytes);
    }
    int line = CacheAliases.LINE_BYTES;
    int boundary = Integer.compareUnsigned(align, line) > 0 ? align : line;
    int rounded = bytes + line - 1 & -line;
    int address = sysHeap.alignedAlloc(heap, boundary, rounded);
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
    failAllocation(countdown - 1);
    return countdown == 1;
  }
}
