package io.ringfence.firmware.cached;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.cached.CachedBlocks.Source;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Ram;
import java.util.List;

/** The system heap, the virtual heap, or a region, in memory behind caches. */
final class BlockHeaps {
  private static final CacheAliases ALIASES = new CacheAliases(true);
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final int PAGE = PageDriver.PAGE_BYTES;

  /** What the {@code z_heap} takes before the first chunk, for heaps of 16 to 63 units. */
  private static final int HEAP_HEADER = 40;

  private static final int HEAP_FOOTER = 4;
  private static final int CHUNK_UNIT = 8;

  /** Where a small heap keeps the size of a chunk, doubled, in its header. */
  private static final int SIZE_AND_USED = 2;

  private static final int VIRTUAL_BLOCK = 2 * LINE;

  private final SmallMachine machine;
  private final HeapPlatform platform;
  private final Design design;
  private final Source source;
  private final SysHeap sysHeap;
  private final int systemPage;
  private final int otherPage;
  private final PageDriver driver;
  private final VirtualHeap virtual;
  private final int virtualHeap;
  private final SofHeap heap;
  private final VirtualRegions regions;
  private final VirtualPages pages;
  private final int region;
  private final int lineBase;

  /**
   * Makes the heap that blocks come from.
   *
   * @param end size of the system heap from its first chunk on, in bytes, if blocks come from it
   */
  BlockHeaps(SmallMachine machine, HeapPlatform platform, Design design, Source source, int end) {
    this.machine = machine;
    this.platform = platform;
    this.design = design;
    this.source = source;
    this.sysHeap = new SysHeap(machine.cpu(), HeapConfig.RELEASE);
    this.systemPage = machine.takePages(1);
    this.otherPage = machine.takePages(1);
    this.driver =
        new PageDriver(
            machine.cpu(),
            machine.allocateStatic(PageDriver.tableBytes(1, 1)),
            ALIASES.cached(otherPage),
            1,
            1);
    this.virtual = new VirtualHeap(machine.cpu(), driver, platform, design);
    this.virtualHeap = machine.allocateStatic(4);
    this.heap = sofHeap();
    this.pages =
        new VirtualPages(
            machine.cpu(),
            driver,
            platform,
            machine.allocateStatic(VirtualPages.contextBytes(1)),
            1,
            design);
    this.regions = new VirtualRegions(machine.cpu(), heap, sysHeap, pages, platform, design, false);
    if (source == Source.SYSTEM_HEAP) {
      this.lineBase = systemPage + LINE;
      heap.initSystemHeap(lineBase - HEAP_HEADER, HEAP_HEADER + end + HEAP_FOOTER);
    } else {
      this.lineBase = source == Source.REGION ? otherPage : otherPage - LINE;
      heap.initSystemHeap(systemPage, PAGE);
    }
    this.region = source == Source.REGION ? createRegion() : 0;
    if (source == Source.VIRTUAL_HEAP) {
      createVirtualHeap();
    }
  }

  private SofHeap sofHeap() {
    return new SofHeap(
        machine.cpu(),
        sysHeap,
        new SofHeap.Layout(
            machine.allocateStatic(KHeap.STRUCT.size()), 0, machine.allocateStatic(4), true),
        new OtherHeaps(0, 0, virtual, virtualHeap, ALIASES.cached(otherPage), PAGE),
        platform,
        true,
        design);
  }

  private void createVirtualHeap() {
    machine.ram().shadow().declareStatic(otherPage, PAGE);
    List<VirtualHeap.Bundle> bundles =
        List.of(new VirtualHeap.Bundle(VIRTUAL_BLOCK, PAGE / VIRTUAL_BLOCK));
    int address =
        virtual.init(ALIASES.cached(otherPage), PAGE, bundles, false, heap.kernelMemory());
    machine.cpu().store32(virtualHeap, address);
  }

  private int createRegion() {
    pages.init(ALIASES.cached(otherPage), 1, machine.allocateStatic(4));
    int created = regions.create(PAGE);
    regions.setInterim(created);
    return created;
  }

  /** Allocates a block, by default cached. */
  int alloc(boolean coherent, int bytes) {
    return switch (source) {
      case SYSTEM_HEAP -> heap.alloc(0, coherent ? MemFlags.COHERENT : 0, bytes, 0);
      case VIRTUAL_HEAP ->
          heap.alloc(0, MemFlags.LARGE_BUFFER | (coherent ? MemFlags.COHERENT : 0), bytes, 0);
      case REGION ->
          coherent ? regions.allocCoherent(region, bytes, 0) : regions.alloc(region, bytes, 0);
    };
  }

  /** The function in C that {@link #alloc} is. */
  String allocFunction(boolean coherent) {
    return source == Source.REGION
        ? coherent ? "vregion_alloc_coherent" : "vregion_alloc"
        : "sof_heap_alloc";
  }

  /** The function in C that {@link #free} is. */
  String freeFunction() {
    return source == Source.REGION ? "vregion_free" : "sof_heap_free";
  }

  /** Frees a block by either of its addresses. */
  void free(int address) {
    if (source == Source.REGION) {
      regions.free(region, address);
    } else {
      heap.free(0, address);
    }
  }

  /** The uncached address of a line, counted from the first chunk of the system heap. */
  int lineAddress(int line) {
    return lineBase + line * LINE;
  }

  /** The line of a block. */
  int lineOf(int address) {
    return (ALIASES.uncached(address) - lineBase) / LINE;
  }

  /** How many bytes a block has, as its chunk's header says, or the virtual heap's block size. */
  int bytesOf(Ram ram, int address) {
    if (source == Source.VIRTUAL_HEAP) {
      return VIRTUAL_BLOCK;
    }
    int chunk = ALIASES.uncached(address) - CHUNK_UNIT;
    int units = ram.load16(chunk + SIZE_AND_USED) >>> 1;
    return (units - 1) * CHUNK_UNIT;
  }
}
