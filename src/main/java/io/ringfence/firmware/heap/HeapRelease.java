package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Cpu;

/** Which heap a block goes back to, and how. */
final class HeapRelease {
  private final HeapSet heaps;
  private final Cpu cpu;
  private final SysHeap sysHeap;
  private final SofHeap.Layout layout;
  private final OtherHeaps others;
  private final HeapPlatform platform;
  private final CacheAliases aliases;
  private final Design design;
  private final UserBlocks userBlocks;

  HeapRelease(HeapSet heaps, UserBlocks userBlocks) {
    this.heaps = heaps;
    this.cpu = heaps.cpu();
    this.sysHeap = heaps.sysHeap();
    this.layout = heaps.layout();
    this.others = heaps.others();
    this.platform = heaps.platform();
    this.aliases = heaps.aliases();
    this.design = heaps.design();
    this.userBlocks = userBlocks;
  }

  /** Frees to the named heap if its recorded range holds the address, else to the system heap. */
  void free(int heap, int address) {
    boolean trusted = design.has(Defect.FREE_TRUSTS_HEAP);
    if (heap != 0 && address != 0 && (trusted || heaps.isHeapPointer(heap, address))) {
      heapFree(heap, address);
      userBlocks.remove(address);
    } else {
      rfree(address);
    }
  }

  /** Frees to the heap whose range the address is in, else to the system heap ({@code rfree}). */
  void rfree(int address) {
    if (address == 0) {
      return;
    }
    if (others.l3() != 0 && heaps.isHeapPointer(others.l3(), address)) {
      freeL3(address);
    } else if (others.virtual() != null && heaps.isVirtualPointer(address)) {
      freeVirtual(others.virtual(), aliases.cached(address));
    } else if (others.shared() != 0 && heaps.isHeapPointer(others.shared(), address)) {
      heapFree(others.shared(), address);
    } else {
      heapFree(layout.systemHeap(), address);
    }
  }

  private void freeL3(int address) {
    if (cpu.core() != 0) {
      platform.error("L3_HEAP available only for primary core");
      return;
    }
    heaps.lock(others.l3());
    sysHeap.free(others.l3(), design.has(Fix.FREE_L3_CACHED) ? aliases.cached(address) : address);
    heaps.unlock(others.l3());
  }

  private void freeVirtual(VirtualHeap virtual, int address) {
    VirtualHeap.Block block = virtual.blockAt(heaps.virtualHeap(), address);
    if (design.has(Fix.REFUSE_INTERIOR) && (block == null || block.address() != address)) {
      platform.error(String.format("virtual heap: no block starts at 0x%08x", address));
      return;
    }
    int status = virtual.free(heaps.virtualHeap(), address);
    if (status != 0) {
      throw new KernelPanic(
          String.format("virtual heap: unable to free 0x%08x: %d", address, status), true);
    }
    if (block != null && cpu.ram().contains(block.address(), block.bytes())) {
      cpu.ram().shadow().release(block.address(), block.bytes());
    }
  }

  /** Frees a block by either address ({@code heap_free}). */
  private void heapFree(int heap, int pointer) {
    heaps.lock(heap);
    int address = pointer;
    boolean flushes = aliases.isCached(pointer) || design.has(Fix.FLUSH_BY_EITHER_ADDRESS);
    if (layout.heapCached() && flushes) {
      address = aliases.uncached(pointer);
      platform.flushAndInvalidate(aliases.cached(pointer), sysHeap.usableSize(heap, address));
    }
    sysHeap.free(heap, address);
    heaps.unlock(heap);
  }
}
