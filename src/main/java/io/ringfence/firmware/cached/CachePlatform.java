package io.ringfence.firmware.cached;

import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.DataCache;

/** Lets the allocators' cache maintenance act on the cache of the running core, and no other. */
record CachePlatform(Cpu cpu, DataCache cache) implements HeapPlatform {
  @Override
  public void invalidate(int address, int bytes) {
    cache.invalidate(cpu.core(), address, bytes);
  }

  @Override
  public void flushAndInvalidate(int address, int bytes) {
    cache.flushAndInvalidate(cpu.core(), address, bytes);
  }

  @Override
  public void writeBack(int address, int bytes) {
    cache.writeBack(cpu.core(), address, bytes);
  }
}
