package io.ringfence.firmware.fastget;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory around shared copies: the system heap, heaps of drivers, and constant data. */
final class FastGetMachine {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int STATIC_PAGES = 3;
  private static final int SYSTEM_PAGES = 4;
  private static final int DRIVER_PAGES = 3;

  /** A heap: its {@code k_heap}, and its memory. */
  record Heap(int kHeap, int start, int bytes) {
    boolean contains(int address) {
      return Integer.compareUnsigned(address - start, bytes) < 0;
    }
  }

  final SmallMachine machine;
  final SofHeap sofHeap;
  final ObjectPool pools;
  final FastGet fastGet;
  final int data;
  final int failCountdown;

  /** The system heap, then those of the drivers. */
  final List<Heap> heaps = new ArrayList<>();

  private String lastError = "";
  private int lastLocked;

  FastGetMachine(Design design, int driverHeaps) {
    machine =
        new SmallMachine(
            STATIC_PAGES, SYSTEM_PAGES + driverHeaps * DRIVER_PAGES, FastGet.MAX_DOMAINS, false);
    Cpu cpu = machine.cpu();
    data = machine.allocateStatic(FastGet.DATA.size());
    HeapPlatform platform =
        new HeapPlatform() {
          @Override
          public void error(String message) {
            lastError = message;
          }

          @Override
          public void lockSpin(int lock) {
            if (lock != FastGet.LOCK.in(data)) {
              lastLocked = lock;
            }
          }
        };
    heaps.add(heap(SYSTEM_PAGES));
    failCountdown = machine.allocateStatic(4);
    sofHeap =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(heaps.get(0).kHeap(), 0, failCountdown, true),
            OtherHeaps.NONE,
            platform,
            false);
    sofHeap.initSystemHeap(heaps.get(0).start(), heaps.get(0).bytes());
    for (int i = 0; i < driverHeaps; i++) {
      Heap heap = heap(DRIVER_PAGES);
      sofHeap.initHeap(heap.kHeap(), heap.start(), heap.bytes());
      heaps.add(heap);
    }
    pools = new ObjectPool(cpu, sofHeap, null);
    fastGet = new FastGet(cpu, sofHeap, pools, platform, data, design);
  }

  private Heap heap(int pages) {
    return new Heap(
        machine.allocateStatic(KHeap.STRUCT.size()), machine.takePages(pages), pages * PAGE);
  }

  /** Makes a domain in which a driver's heap is mapped, or no heap for number 0. */
  int domain(int number) {
    int domain = machine.domains().create();
    if (number != 0) {
      Heap heap = heaps.get(number);
      machine
          .domains()
          .add(
              domain,
              new Partition(
                  "heap", heap.start(), heap.bytes(), EnumSet.of(Access.READ, Access.WRITE)));
    }
    return domain;
  }

  Ram ram() {
    return machine.ram();
  }

  /** What the last call logged as an error; empty if nothing. */
  String lastError() {
    return lastError;
  }

  /** The heap that was worked on last since {@link #clear}, as a watchpoint on the locks tells. */
  @Nullable Heap lastHeap() {
    return heaps.stream()
        .filter(heap -> KHeap.LOCK.in(heap.kHeap()) == lastLocked)
        .findFirst()
        .orElse(null);
  }

  /** Forgets what the last call did. */
  void clear() {
    lastError = "";
    lastLocked = 0;
  }
}
