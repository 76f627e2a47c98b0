package io.ringfence.firmware.heap;

import io.ringfence.machine.Cpu;

/**
 * The statistics words of a {@code z_heap}, kept only in builds with {@code
 * CONFIG_SYS_HEAP_RUNTIME_STATS}. The free bytes are counted by {@link FreeLists}.
 */
final class HeapStatistics {
  private static final int FREE = 16;
  private static final int ALLOCATED = 20;
  private static final int MAX_ALLOCATED = 24;

  private final Cpu cpu;
  private final boolean enabled;

  HeapStatistics(Cpu cpu, boolean enabled) {
    this.cpu = cpu;
    this.enabled = enabled;
  }

  void clear(int heap) {
    if (enabled) {
      cpu.storeUntracked32(heap + FREE, 0);
      cpu.storeUntracked32(heap + ALLOCATED, 0);
      cpu.storeUntracked32(heap + MAX_ALLOCATED, 0);
    }
  }

  void allocated(int heap, int bytes) {
    if (enabled) {
      int now = cpu.loadUntracked32(heap + ALLOCATED) + bytes;
      cpu.storeUntracked32(heap + ALLOCATED, now);
      if (Integer.compareUnsigned(now, cpu.loadUntracked32(heap + MAX_ALLOCATED)) > 0) {
        cpu.storeUntracked32(heap + MAX_ALLOCATED, now);
      }
    }
  }

  void released(int heap, int bytes) {
    if (enabled) {
      cpu.storeUntracked32(heap + ALLOCATED, cpu.loadUntracked32(heap + ALLOCATED) - bytes);
    }
  }
}
