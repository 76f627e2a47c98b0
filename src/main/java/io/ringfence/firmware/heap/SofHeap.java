package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * The allocation functions of SOF (zephyr/lib/alloc.c and zephyr/syscall/alloc.c, 12dd726529).
 *
 * <p>A heap is named by the address of its {@code struct k_heap}. These functions never wait, and
 * each is one atomic step. Which memory user space can reach is not decided here but by the
 * partitions of the memory domains.
 */
public final class SofHeap {
  private final Cpu cpu;
  private final SysHeap sysHeap;
  private final Layout layout;
  private final HeapPlatform platform;
  private final HeapSet heaps;
  private final HeapAllocation allocation;
  private final HeapRelease release;
  private final Design design;
  private final UserBlocks userBlocks;
  private final HeapVerifiers verifiers;
  private boolean trustsCallers;

  /**
   * Where the objects lie that the allocation functions use.
   *
   * @param systemHeap address of the system heap's {@code k_heap}
   * @param userHeap address of the LL user heap's {@code k_heap}, 0 in a build without
   * @param failCountdown address of a word for {@link #failAllocation}
   * @param heapCached whether blocks are rounded to cache lines ({@code
   *     CONFIG_SOF_ZEPHYR_HEAP_CACHED})
   * @param asserts whether assertions are compiled in
   */
  public record Layout(
      int systemHeap, int userHeap, int failCountdown, boolean heapCached, boolean asserts) {
    /** The layout of a build without assertions. */
    public Layout(int systemHeap, int userHeap, int failCountdown, boolean heapCached) {
      this(systemHeap, userHeap, failCountdown, heapCached, false);
    }
  }

  /** Makes the functions of a build with two heaps and one address for each byte. */
  public SofHeap(Cpu cpu, SysHeap sysHeap, Layout layout) {
    this(cpu, sysHeap, layout, Design.merged());
  }

  /** Makes the functions of such a build of any design. */
  public SofHeap(Cpu cpu, SysHeap sysHeap, Layout layout, Design design) {
    this(cpu, sysHeap, layout, OtherHeaps.NONE, HeapPlatform.PLAIN, false, design);
  }

  /** Makes the functions of the merged design. */
  public SofHeap(
      Cpu cpu,
      SysHeap sysHeap,
      Layout layout,
      OtherHeaps others,
      HeapPlatform platform,
      boolean twoWindows) {
    this(cpu, sysHeap, layout, others, platform, twoWindows, Design.merged());
  }

  /** Makes the functions of a design that keeps no record of the blocks of the LL user heap. */
  public SofHeap(
      Cpu cpu,
      SysHeap sysHeap,
      Layout layout,
      OtherHeaps others,
      HeapPlatform platform,
      boolean twoWindows,
      Design design) {
    this(cpu, sysHeap, layout, others, platform, twoWindows, design, 0);
  }

  /**
   * Makes the functions of any build and design; all state is in RAM.
   *
   * @param twoWindows whether memory is seen at a cached and an uncached address
   * @param userBlocks where the kernel keeps its record of the blocks of the LL user heap, {@link
   *     UserBlocks#tableBytes} zeros; 0 in a design that keeps none
   */
  public SofHeap(
      Cpu cpu,
      SysHeap sysHeap,
      Layout layout,
      OtherHeaps others,
      HeapPlatform platform,
      boolean twoWindows,
      Design design,
      int userBlocks) {
    this.cpu = cpu;
    this.sysHeap = sysHeap;
    this.layout = layout;
    this.platform = platform;
    this.design = design;
    CacheAliases aliases = new CacheAliases(twoWindows);
    this.heaps = new HeapSet(cpu, sysHeap, layout, others, platform, aliases, design);
    this.userBlocks = new UserBlocks(cpu, aliases, layout.userHeap(), userBlocks);
    this.allocation = new HeapAllocation(heaps);
    this.release = new HeapRelease(heaps, this.userBlocks);
    this.verifiers =
        new HeapVerifiers(cpu, sysHeap, aliases, layout.userHeap(), this.userBlocks, design);
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
   * Makes an area a heap whose headers are in a table apart from it, and records the range of the
   * area, in a build with {@link Fix#CHUNK_TABLE}.
   *
   * @param table the table, which user space must not write
   */
  public void initHeapBeside(int heap, int table, int tableBytes, int area) {
    cpu.store(SysHeap.INIT_MEM, heap, area);
    cpu.store(SysHeap.INIT_BYTES, heap, sysHeap.initBeside(heap, table, tableBytes, area));
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

  /**
   * Leaves the verifiers out, from now on: the recorded runs of the schedulers had allocators of
   * their own, which checked nobody.
   */
  public void trustCallers() {
    trustsCallers = true;
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
   * @param align a power of two, or 0; not checked, except for user mode with {@link
   *     Fix#CHECK_HEAP_ARGUMENTS}
   * @return the address of the block, which is not initialized, or 0
   * @throws KernelOops if user mode asks for flags, or a heap, that are not for it
   */
  public int alloc(int heap, int flags, int bytes, int align) {
    Mode caller = cpu.raise();
    try {
      boolean late = design.has(Defect.VERIFY_TOO_LATE);
      boolean verified = caller == Mode.USER && !trustsCallers;
      if (verified && !late) {
        verifiers.verifyAlloc(heap, flags, align);
      }
      if (verified && verifiers.isTooLarge(bytes)) {
        return 0;
      }
      int address = allocation.alloc(heap, flags, bytes, align);
      if (verified && late) {
        verifiers.verifyAlloc(heap, flags, align);
      }
      userBlocks.add(address, caller);
      return address;
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
    Mode caller = cpu.raise();
    try {
      if (caller == Mode.USER && !trustsCallers) {
        verifiers.verifyFree(heap, address);
      }
      release.free(heap, address);
    } finally {
      cpu.lower(caller);
    }
  }

  /** Whether an address is in the recorded range of a heap ({@code is_heap_pointer}). */
  public boolean isHeapPointer(int heap, int address) {
    return heaps.isHeapPointer(heap, address);
  }

  /** The kernel's record of the blocks of the LL user heap, to look at. */
  public UserBlocks userBlocks() {
    return userBlocks;
  }

  // Kernel only.

  /** Allocates ({@code rmalloc}). */
  public int rmalloc(int flags, int bytes) {
    return rmallocAlign(flags, bytes, 0);
  }

  /**
   * Allocates from the heap that the flags choose ({@code rmalloc_align}).
   *
   * @throws KernelPanic if L3 memory is asked for in a build that does not have it
   */
  public int rmallocAlign(int flags, int bytes, int align) {
    return allocation.rmallocAlign(flags, bytes, align);
  }

  /** Allocates a zeroed block ({@code rzalloc}). */
  public int rzalloc(int flags, int bytes) {
    int address = rmalloc(flags, bytes);
    if (address != 0 || design.has(Defect.ZERO_NULL)) {
      cpu.zero(address, bytes);
    }
    return address;
  }

  /** Allocates a buffer ({@code rballoc_align}); 0 if L3 memory is asked for and not built. */
  public int rballocAlign(int flags, int bytes, int align) {
    return allocation.rballocAlign(flags, bytes, align);
  }

  /**
   * Moves a buffer to one of another size ({@code rbrealloc_align}).
   *
   * @param pointer the buffer, or 0 to allocate one
   * @param bytes the new size; for 0 the buffer stays and the result is 0, as in the C code
   * @param oldBytes how much of the buffer to keep; not checked
   * @return the new buffer; or 0 if there is no room, and then the old one stays
   */
  public int rbreallocAlign(int pointer, int flags, int bytes, int oldBytes, int align) {
    if (pointer == 0) {
      return rballocAlign(flags, bytes, align);
    }
    if (bytes == 0) {
      platform.error("realloc failed for 0 bytes");
      return 0;
    }
    int moved = rballocAlign(flags, bytes, align);
    if (moved == 0) {
      return 0;
    }
    if ((flags & MemFlags.NO_COPY) == 0) {
      cpu.copy(moved, pointer, Integer.compareUnsigned(bytes, oldBytes) < 0 ? bytes : oldBytes);
    }
    rfree(pointer);
    return moved;
  }

  /** Frees to the heap whose range the address is in, else to the system heap ({@code rfree}). */
  public void rfree(int address) {
    release.rfree(address);
  }

  /** Kernel memory for bookkeeping, uncached and zeroed. */
  public KernelMemory kernelMemory() {
    return new KernelMemory() {
      @Override
      public int zeroed(int bytes) {
        return rzalloc(MemFlags.KERNEL | MemFlags.COHERENT, bytes);
      }

      @Override
      public void free(int address) {
        rfree(address);
      }
    };
  }
}
