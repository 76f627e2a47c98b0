package io.ringfence.firmware.regions;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * RAM with a system heap, an LL user heap that is a block of it, one virtual region's worth of
 * pages, and behind those a page that the kernel may only read and one with its code.
 */
final class RegionMachine {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int STATIC_PAGES = 2;
  private static final int SYSTEM_PAGES = 8;
  private static final int USER_HEAP_BYTES = 2 * PAGE;
  private static final int MAX_ALLOCATIONS = 4;

  final SmallMachine small;
  final Cpu cpu;
  final RegionPlatform platform;
  final SofHeap heap;
  final SysHeap sysHeap;
  final PageDriver driver;
  final VirtualPages pages;
  final VirtualRegions regions;
  final int pageCount;

  /** First address of the pages, cached. */
  final int regionBase;

  /** The page behind the region. */
  final int guard;

  /** The LL user heap's {@code k_heap}. */
  final int userHeap;

  /** The system heap's {@code k_heap}. */
  final int systemHeap;

  /** The memory domain of the user module. */
  final int domain;

  /** The region, as far as the module may use it. */
  final Partition partition;

  private final int text;

  RegionMachine(Design design, int pageCount) {
    this.pageCount = pageCount;
    this.small = new SmallMachine(STATIC_PAGES, SYSTEM_PAGES + pageCount + 2, 1, true);
    this.cpu = small.cpu();
    this.platform = new RegionPlatform(cpu);
    this.systemHeap = small.allocateStatic(KHeap.STRUCT.size());
    this.userHeap = small.allocateStatic(KHeap.STRUCT.size());
    this.sysHeap = new SysHeap(cpu, HeapConfig.RELEASE);
    this.heap =
        new SofHeap(
            cpu,
            sysHeap,
            new SofHeap.Layout(systemHeap, userHeap, small.allocateStatic(4), true),
            OtherHeaps.NONE,
            platform,
            true);
    heap.initSystemHeap(small.takePages(SYSTEM_PAGES), SYSTEM_PAGES * PAGE);
    int block = heap.rballocAlign(MemFlags.COHERENT, USER_HEAP_BYTES, PAGE);
    heap.initHeap(userHeap, block, USER_HEAP_BYTES);

    int uncached = small.takePages(pageCount);
    this.regionBase = new CacheAliases(true).cached(uncached);
    MemoryDomains domains = small.domains();
    domains.unmap(uncached, pageCount * PAGE);
    this.guard = small.takePages(1);
    small.ram().shadow().declareStatic(guard, PAGE);
    domains.map(guard, PAGE, Set.of(Access.READ), Set.of());
    this.text = small.takePages(1);
    domains.map(text, PAGE, Set.of(Access.READ, Access.EXECUTE), Set.of());
    this.domain = domains.create();
    this.partition =
        new Partition(
            "module region", uncached, pageCount * PAGE, Set.of(Access.READ, Access.WRITE));

    this.driver =
        new PageDriver(
            cpu,
            small.allocateStatic(PageDriver.tableBytes(pageCount, pageCount)),
            regionBase,
            pageCount,
            pageCount,
            domains);
    this.pages =
        new VirtualPages(
            cpu,
            driver,
            platform,
            small.allocateStatic(VirtualPages.contextBytes(MAX_ALLOCATIONS)),
            MAX_ALLOCATIONS,
            design);
    pages.init(regionBase, pageCount, small.allocateStatic(4));
    this.regions = new VirtualRegions(cpu, heap, sysHeap, pages, platform, design, true);
  }

  /** Size of the region in bytes. */
  int regionBytes() {
    return pageCount * PAGE;
  }

  /** Gives a function of the kernel an address in the page of code. */
  FunctionTable<IntConsumer> code(String name, IntConsumer function) {
    FunctionTable.Builder<IntConsumer> functions = new FunctionTable.Builder<>(text, PAGE);
    functions.add(name, function);
    return functions.build();
  }
}
