package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import java.util.EnumSet;
import java.util.List;

/**
 * A machine with all heaps of a build: the layout of its memory, and the start-up steps that make
 * the heaps. What is not started does not exist. Nobody checked the recorded runs for the use of
 * memory that was freed or never written, so this machine does not either.
 */
final class HeapsMachine {
  private static final int UNCACHED = 0x40000000;
  private static final int RAM_BYTES = 0x00c10000;
  private static final int STATICS = 0x00010000;
  private static final int STATICS_BYTES = 0x00020000;

  /** From here to the end of the virtual memory all is memory, also what is in no region. */
  private static final int FIRST_MEMORY = 0x00100000;

  /** Where the L3 memory lies here; the recorded base is as good, and too far away for one RAM. */
  private static final int L3_BASE = 0x00c00000;

  /** An address that no heap is near. */
  private static final int OTHER_BASE = 0x0f000000;

  private static final int PAGE = PageDriver.PAGE_BYTES;

  final JsonNode config;
  final Pointers pointers;
  final Observer observer;
  final Ram ram = Ram.withSecondWindow(UNCACHED, RAM_BYTES);
  final Cpu cpu;
  final SysHeap sysHeap;
  final SofHeap sofHeap;
  final PageDriver pages;
  final VirtualHeap virtual;
  final VirtualPages virtualPages;
  final VirtualRegions regions;
  final int systemHeap;
  final int sharedHeap;
  final int l3Heap;
  final int userHeap;
  private final int l3Copy;
  private final int virtualBuffers;
  private final int regionBytes;
  private final MemoryDomains domains;
  private final int userDomain;
  private int nextStatic = UNCACHED + STATICS;

  HeapsMachine(JsonNode config) {
    this.config = config;
    boolean twoWindows = config.path("aliases").asBoolean();
    this.pointers = new Pointers(twoWindows);
    this.observer = new Observer(pointers);
    this.domains = new MemoryDomains(ram, UNCACHED + STATICS + STATICS_BYTES, 2);
    this.cpu = new Cpu(ram, domains);
    domains.initialize();
    this.userDomain = domains.create();
    ram.shadow().declareStatic(nextStatic, STATICS_BYTES);
    defineRegions();
    ram.shadow().freeze();
    this.systemHeap = allocateStatic(KHeap.STRUCT.size());
    this.sharedHeap = allocateStatic(KHeap.STRUCT.size());
    this.l3Heap = allocateStatic(KHeap.STRUCT.size());
    this.userHeap = allocateStatic(KHeap.STRUCT.size());
    this.l3Copy = allocateStatic(KHeap.STRUCT.size());
    this.virtualBuffers = allocateStatic(4);
    this.regionBytes = allocateStatic(4);
    int failCountdown = allocateStatic(4);
    int virtualPageCount = number("vm_bytes") / PAGE;
    this.pages =
        new PageDriver(
            cpu,
            allocateStatic(PageDriver.tableBytes(virtualPageCount, number("phys_pages"))),
            pointers.start("virtual"),
            virtualPageCount,
            number("phys_pages"));
    Design design = Design.merged().withAsserts(config.path("asserts").asBoolean());
    this.virtual = new VirtualHeap(cpu, pages, observer, design);
    this.sysHeap =
        new SysHeap(
            cpu,
            new HeapConfig(
                false,
                number("hardening"),
                config.path("asserts").asBoolean(),
                false,
                number("alloc_loops")));
    this.sofHeap =
        new SofHeap(
            cpu,
            sysHeap,
            new SofHeap.Layout(
                systemHeap,
                number("user_heap_bytes") == 0 ? 0 : userHeap,
                failCountdown,
                config.path("heap_cached").asBoolean(),
                config.path("asserts").asBoolean()),
            new OtherHeaps(
                hasShared() ? sharedHeap : 0,
                config.path("l3_heap").asBoolean() ? l3Heap : 0,
                config.path("virtual_heap").asBoolean() ? virtual : null,
                virtualBuffers,
                pointers.start("virtual"),
                number("vm_bytes")),
            observer,
            twoWindows);
    this.virtualPages =
        new VirtualPages(
            cpu,
            pages,
            observer,
            allocateStatic(VirtualPages.contextBytes(number("vpage_max_allocs"))),
            number("vpage_max_allocs"),
            Design.merged());
    this.regions =
        new VirtualRegions(cpu, sofHeap, sysHeap, virtualPages, observer, Design.merged(), false);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
  }

  private void defineRegions() {
    JsonNode bases = config.path("region_base");
    int virtualBase = bases.path("virtual").asInt();
    int end = virtualBase + number("vm_bytes");
    fill(FIRST_MEMORY, end - FIRST_MEMORY);
    define("system", bases.path("system").asInt(), number("system_heap_bytes"), false);
    define("shared", bases.path("shared").asInt(), number("shared_heap_bytes"), false);
    define("virtual", virtualBase, number("virtual_heap_bytes"), true);
    define("vpages", virtualBase + number("virtual_heap_bytes"), number("vpages") * PAGE, true);
    define("l3", L3_BASE, number("l3_bytes"), true);
    pointers.region("other", OTHER_BASE, PAGE, false);
  }

  private void define(String name, int base, int bytes, boolean cached) {
    pointers.region(name, base, bytes, cached);
    fill(base, bytes);
  }

  private void fill(int base, int bytes) {
    ram.fill(UNCACHED | base, bytes, config.path("memory_fill").asInt());
    ram.shadow().declareStatic(UNCACHED | base, bytes);
  }

  int number(String name) {
    return config.path(name).asInt();
  }

  boolean hasShared() {
    return number("shared_heap_bytes") > 0;
  }

  boolean hasL3() {
    return config.path("l3_heap").asBoolean() && config.path("l3_used").asBoolean();
  }

  int virtualBuffers() {
    return ram.load32(virtualBuffers);
  }

  /** Room for a static object of the firmware. */
  int allocateStatic(int bytes) {
    int address = nextStatic;
    nextStatic += bytes + 7 & -8;
    if (nextStatic > UNCACHED + STATICS + STATICS_BYTES) {
      throw new ScenarioFormatException("the scenario needs more static objects than fit", null);
    }
    return address;
  }

  // Start-up.

  /** {@code heap_init}. */
  void bootHeaps() {
    sofHeap.initSystemHeap(pointers.start("system"), number("system_heap_bytes"));
    if (hasShared()) {
      sofHeap.initHeap(sharedHeap, pointers.start("shared"), number("shared_heap_bytes"));
    }
    if (hasL3()) {
      if (cpu.load(SysHeap.HEAP, l3Copy) != 0) {
        cpu.copy(l3Heap, l3Copy, KHeap.STRUCT.size());
      } else {
        sofHeap.initHeap(l3Heap, pointers.start("l3"), number("l3_bytes"));
      }
    }
  }

  /** {@code virtual_heap_init}. */
  int bootVirtualHeap() {
    if (virtualBuffers() != 0) {
      return -Errno.EEXIST;
    }
    addRegion(number("virtual_heap_bytes"));
    int heap = makeVirtualHeap(VirtualHeap.DEFAULT, false);
    cpu.store32(virtualBuffers, heap);
    if (heap == 0) {
      observer.error("Unable to init virtual heap");
      return -Errno.ENOMEM;
    }
    return 0;
  }

  /** {@code adsp_add_virtual_memory_region}: of several regions, heaps use the first. */
  void addRegion(int bytes) {
    if (ram.load32(regionBytes) == 0) {
      cpu.store32(regionBytes, bytes);
    }
  }

  /** {@code vmh_init_heap}; no bundles stand for the default ones. */
  int makeVirtualHeap(List<VirtualHeap.Bundle> bundles, boolean contiguous) {
    int bytes = ram.load32(regionBytes);
    return virtual.init(
        pointers.start("virtual"),
        bytes,
        bundles.isEmpty() ? VirtualHeap.evenly(bytes) : bundles,
        contiguous,
        sofHeap.kernelMemory());
  }

  /** {@code vpage_init}. */
  void bootVirtualPages() {
    int count = number("vpages");
    if (count == 0) {
      throw new KernelPanic("virtual region too small", true);
    }
    int bundles = sofHeap.kernelMemory().zeroed(4 * ((count + 31) / 32));
    if (bundles == 0) {
      throw new KernelPanic("no memory for the bitmap of virtual pages", true);
    }
    virtualPages.init(pointers.start("vpages"), count, bundles);
  }

  /** {@code zephyr_ll_user_heap_init}: the user heap is a block of the virtual heap. */
  int bootUserHeap() {
    int bytes = number("user_heap_bytes");
    int block = sofHeap.rballocAlign(MemFlags.USER | MemFlags.COHERENT, bytes, PAGE);
    if (block != 0) {
      sofHeap.initHeap(userHeap, block, bytes);
      domains.addMirrored(
          userDomain,
          new Partition("ll_user_heap", block, bytes, EnumSet.of(Access.READ, Access.WRITE)));
    }
    return block;
  }

  /** {@code l3_heap_save}. */
  void saveL3() {
    cpu.copy(l3Copy, l3Heap, KHeap.STRUCT.size());
    observer.writeBack(l3Copy, KHeap.STRUCT.size());
    observer.writeBack(pointers.start("l3"), number("l3_bytes"));
  }

  /** Start-up after a power cycle that lost the static data. */
  void reboot() {
    for (int heap : List.of(systemHeap, sharedHeap, l3Heap, userHeap)) {
      cpu.zero(heap, KHeap.STRUCT.size());
    }
    cpu.store32(virtualBuffers, 0);
    cpu.store32(regionBytes, 0);
    bootHeaps();
  }

  /** Runs the next calls in user mode, inside or outside of the user heap's domain. */
  void enterUser(int core, boolean inDomain) {
    cpu.enter(Mode.USER, inDomain ? userDomain : MemoryDomains.NO_DOMAIN, core, 0);
  }

  void enterKernel(int core) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, core, 0);
  }
}
