package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;

/**
 * What the kernel checks before it allocates or frees for user space (SOF zephyr/syscall/alloc.c,
 * 12dd726529). Each method returns, or raises a {@link KernelOops} that kills the caller.
 */
final class HeapVerifiers {
  private final Cpu cpu;
  private final SysHeap sysHeap;
  private final CacheAliases aliases;
  private final int userHeap;
  private final UserBlocks blocks;
  private final Design design;

  HeapVerifiers(
      Cpu cpu,
      SysHeap sysHeap,
      CacheAliases aliases,
      int userHeap,
      UserBlocks blocks,
      Design design) {
    this.cpu = cpu;
    this.sysHeap = sysHeap;
    this.aliases = aliases;
    this.userHeap = userHeap;
    this.blocks = blocks;
    this.design = design;
  }

  /** {@code z_vrfy_sof_heap_alloc}. Upstream checks neither alignment nor size. */
  void verifyAlloc(int heap, int flags, int align) {
    if ((flags & ~MemFlags.ALLOWED_TO_USER) != 0) {
      throw new KernelOops(
          String.format("sof_heap_alloc: flags 0x%x are not for user space", flags));
    }
    verifyHeap("sof_heap_alloc", heap);
    if (design.has(Fix.ALLOCATE_FOR_DOMAIN) && !cpu.mayWrite(cpu.domain(), start(), bytes())) {
      throw new KernelOops("sof_heap_alloc: the heap is not mapped for the caller");
    }
    if (design.has(Fix.CHECK_HEAP_ARGUMENTS) && !isAlignment(align)) {
      throw new KernelOops(
          String.format("sof_heap_alloc: %d is no alignment", Integer.toUnsignedLong(align)));
    }
  }

  private static boolean isAlignment(int align) {
    return (align & align - 1) == 0
        && Integer.compareUnsigned(align, MemoryDomains.PAGE_BYTES) <= 0;
  }

  /** Whether the repair O-27 refuses a size before the allocator sees it. */
  boolean isTooLarge(int bytes) {
    return design.has(Fix.CHECK_HEAP_ARGUMENTS) && Integer.compareUnsigned(bytes, bytes()) > 0;
  }

  /** {@code z_vrfy_sof_heap_free}. */
  void verifyFree(int heap, int address) {
    verifyHeap("sof_heap_free", heap);
    if (address != 0) {
      verifyPointer(address);
    }
  }

  private void verifyHeap(String call, int heap) {
    if (design.has(Defect.VERIFY_HEAP_INNER)) {
      cpu.loadUntracked32(cpu.load(SysHeap.HEAP, heap));
    }
    if (heap != userHeap || heap == 0) {
      throw new KernelOops(String.format("%s: 0x%08x is not the heap of user space", call, heap));
    }
  }

  /** Checks range and access, but not that a block starts at the address: the C code does not. */
  private void verifyPointer(int address) {
    int uncached = aliases.uncached(address);
    if (Integer.compareUnsigned(uncached, start()) < 0
        || Integer.compareUnsigned(uncached, start() + bytes()) >= 0) {
      throw new KernelOops(
          String.format("sof_heap_free: 0x%08x is not in the heap of user space", address));
    }
    if (!cpu.mayWrite(cpu.domain(), address, 1)) {
      throw new KernelOops(
          String.format("sof_heap_free: the caller may not write 0x%08x", address));
    }
    if (design.has(Fix.CHECK_HEAP_ARGUMENTS) && !isBlock(address, uncached)) {
      throw new KernelOops(String.format("sof_heap_free: no block starts at 0x%08x", address));
    }
    if (design.has(Fix.KEEP_KERNEL_BLOCKS) && blocks.owner(address) == UserBlocks.Owner.KERNEL) {
      throw new KernelOops(String.format("sof_heap_free: 0x%08x is the kernel's", address));
    }
  }

  /** Asks the kernel's record, or where there is none the headers in the heap. */
  private boolean isBlock(int address, int uncached) {
    return blocks.isKept()
        ? blocks.owner(address) != UserBlocks.Owner.NOBODY
        : sysHeap.isBlock(userHeap, uncached);
  }

  private int start() {
    return cpu.load(SysHeap.INIT_MEM, userHeap);
  }

  private int bytes() {
    return cpu.load(SysHeap.INIT_BYTES, userHeap);
  }
}
