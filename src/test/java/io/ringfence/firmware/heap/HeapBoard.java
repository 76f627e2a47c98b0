package io.ringfence.firmware.heap;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Ram;

/**
 * A machine for allocator tests: a buffer filled with a pattern, nothing mapped around it, and one
 * {@code struct k_heap} far behind it. The buffer is as large as that of the recorded runs, so that
 * a wild access is wild here exactly if it was there.
 */
final class HeapBoard {
  static final int BUFFER = 0x60000000;
  static final int BUFFER_BYTES = 1024 * 1024;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int GAP = 16 * PAGE;
  static final int SYS_HEAP = BUFFER + BUFFER_BYTES + GAP;

  final Ram ram = new Ram(BUFFER, BUFFER_BYTES + GAP + 2 * PAGE);
  final MemoryDomains domains = new MemoryDomains(ram, SYS_HEAP + PAGE, 2);
  final Cpu cpu = new Cpu(ram, domains);
  final SysHeap heap;

  HeapBoard(HeapConfig config, int fill) {
    domains.initialize();
    domains.unmap(BUFFER + BUFFER_BYTES, GAP);
    ram.fill(BUFFER, BUFFER_BYTES, fill);
    ram.shadow().declareStatic(SYS_HEAP, PAGE);
    heap = new SysHeap(cpu, config);
  }
}
