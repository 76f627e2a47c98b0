package io.ringfence.firmware.l3;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import java.util.EnumSet;
import java.util.Set;

/**
 * A machine with SRAM, which loses its content when power is off, and IMR, which keeps it.
 *
 * <p>The L3 heap's page of IMR is behind a write-back cache. The page that the processor accesses
 * is what the cache shows; {@link #image} is what lies in the IMR. A line goes there when the
 * firmware writes it back, and not before.
 */
final class L3Machine {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int STATIC_PAGES = 1;
  private static final int OTHER_PAGES = 3;

  final Cpu cpu;
  final SofHeap heaps;

  /** {@code l3_heap}, in SRAM. */
  final int l3Heap;

  /** {@code l3_heap_copy}, in IMR. */
  final int l3HeapCopy;

  /** First byte of the memory of the L3 heap, as the processor sees it. */
  final int l3Start;

  /** The same memory without the cache, for the hardware and for debuggers only. */
  final int image;

  /** The memory of the system heap, one page of SRAM. */
  final int systemMemory;

  /** The SRAM's static objects of the firmware. */
  final int sramStart;

  private final SmallMachine machine = new SmallMachine(STATIC_PAGES, OTHER_PAGES, 1, false);
  private final int sramEnd;
  private final Design design;
  private final HeapPlatform platform = platform();

  /** The last error that was logged, empty if none was. */
  String log = "";

  /**
   * Wires the memory, which starts empty and without the L3 page.
   *
   * @param sramBytes room for static objects in SRAM beside the heaps'
   */
  L3Machine(Design design, int sramBytes) {
    this.design = design;
    this.cpu = machine.cpu();
    this.sramStart = machine.allocateStatic(sramBytes);
    int systemHeap = machine.allocateStatic(KHeap.STRUCT.size());
    this.l3Heap = machine.allocateStatic(KHeap.STRUCT.size());
    int failCountdown = machine.allocateStatic(4);
    this.sramEnd = failCountdown + 4;
    this.l3HeapCopy = machine.allocateStatic(KHeap.STRUCT.size());
    this.systemMemory = machine.takePages(1);
    this.l3Start = machine.takePages(1);
    this.image = machine.takePages(1);
    this.heaps =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(systemHeap, 0, failCountdown, false),
            new OtherHeaps(0, l3Heap, null, 0, 0, 0),
            platform,
            false,
            design);
    powerOff();
  }

  private HeapPlatform platform() {
    return new HeapPlatform() {
      @Override
      public void error(String message) {
        log = message;
      }

      @Override
      public void writeBack(int address, int bytes) {
        if (address == l3Start) {
          transfer(image, l3Start, bytes);
        }
      }
    };
  }

  Ram ram() {
    return machine.ram();
  }

  /** A static object in IMR, which is not behind the cache. */
  int allocateImr(int bytes) {
    return machine.allocateStatic(bytes);
  }

  /** Size of the L3 heap's memory in bytes. */
  int l3Bytes() {
    return PAGE;
  }

  /**
   * Makes the system heap anew, and the L3 heap anew or as it was saved ({@code heap_init}).
   *
   * @param isImrUsed what {@code ace_imr_used} says
   */
  void heapInit(boolean isImrUsed) {
    heaps.initSystemHeap(systemMemory, PAGE);
    boolean wasSaved = cpu.load(SysHeap.HEAP, l3HeapCopy) != 0;
    if (design.has(Defect.L3_NOT_MAPPED) && wasSaved) {
      cpu.copy(l3Heap, l3HeapCopy, KHeap.STRUCT.size());
      return;
    }
    if (!isImrUsed) {
      return;
    }
    machine.domains().map(l3Start, PAGE, EnumSet.of(Access.READ, Access.WRITE), Set.of());
    if (wasSaved) {
      cpu.copy(l3Heap, l3HeapCopy, KHeap.STRUCT.size());
    } else {
      heaps.initHeap(l3Heap, l3Start, l3Bytes());
    }
  }

  /** Saves the L3 heap for power-off ({@code l3_heap_save}). */
  void saveL3() {
    cpu.copy(l3HeapCopy, l3Heap, KHeap.STRUCT.size());
    platform.writeBack(l3Start, l3Bytes());
  }

  /** Whether the L3 heap's memory is mapped. */
  boolean isL3Mapped() {
    return machine.domains().isMappedAt(l3Start);
  }

  /** Runs the next calls on a core. */
  void enter(int core) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, core, 0);
  }

  /** Takes the power away: SRAM, page tables and the cache lose their content. */
  void powerOff() {
    Ram ram = machine.ram();
    ram.fill(sramStart, sramEnd - sramStart, 0);
    ram.shadow().declareStatic(sramStart, sramEnd - sramStart);
    ram.fill(systemMemory, PAGE, 0);
    ram.shadow().withhold(systemMemory, PAGE);
    machine.domains().unmap(l3Start, PAGE);
    transfer(l3Start, image, PAGE);
    ram.shadow().declareStatic(l3Start, PAGE);
  }

  private void transfer(int target, int source, int bytes) {
    for (int at = 0; at < bytes; at += 4) {
      machine.ram().store32(target + at, machine.ram().load32(source + at));
    }
  }
}
