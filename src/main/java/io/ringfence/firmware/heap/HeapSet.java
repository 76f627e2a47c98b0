package io.ringfence.firmware.heap;

import io.ringfence.firmware.Design;
import io.ringfence.machine.Cpu;

/** The heaps of a build, and what all functions on them need; all state is in RAM. */
record HeapSet(
    Cpu cpu,
    SysHeap sysHeap,
    SofHeap.Layout layout,
    OtherHeaps others,
    HeapPlatform platform,
    CacheAliases aliases,
    Design design) {
  /** The virtual heap, or 0 in a build without, and before it is made. */
  int virtualHeap() {
    return others.virtual() == null ? 0 : cpu.load32(others.virtualHeap());
  }

  /** Whether an address counts as the virtual heap's. */
  boolean isVirtualPointer(int address) {
    int offset = aliases.cached(address) - others.virtualStart();
    return Integer.compareUnsigned(offset, others.virtualBytes()) < 0;
  }

  /** Whether an address is in the recorded range of a heap ({@code is_heap_pointer}). */
  boolean isHeapPointer(int heap, int address) {
    int start = aliases.cached(cpu.load(SysHeap.INIT_MEM, heap));
    int end = start + cpu.load(SysHeap.INIT_BYTES, heap);
    int cached = aliases.cached(address);
    return Integer.compareUnsigned(cached, start) >= 0 && Integer.compareUnsigned(cached, end) < 0;
  }

  void lock(int heap) {
    platform.lockSpin(heap + KHeap.LOCK.offset());
  }

  void unlock(int heap) {
    platform.unlockSpin(heap + KHeap.LOCK.offset());
  }
}
