package io.ringfence.firmware.isolation;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.UserBlocks;
import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.userspace.UserBuild;
import io.ringfence.firmware.userspace.UserPartitions;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Partition;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All heaps of a build in one machine, each so small that it holds as many blocks of {@link
 * #BLOCK_BYTES} as {@link HeapName#places} says. The LL user heap lies in a block of the virtual
 * heap, or without that of the system heap, and is mapped for the LL domain, with the sysuser
 * partition.
 */
public final class HeapBuild {
  /** The size that clients ask for, in bytes. */
  public static final int BLOCK_BYTES = 3072;

  /** Size of the LL user heap ({@code CONFIG_SOF_ZEPHYR_SYS_USER_HEAP_SIZE}). */
  public static final int USER_HEAP_BYTES = 2 * PageDriver.PAGE_BYTES;

  /** Size of a module's heap ({@code USER_MOD_HEAP_SIZE}). */
  public static final int DRIVER_HEAP_BYTES = PageDriver.PAGE_BYTES;

  /** For small structures, for drivers' heaps and clients, and for the LL user heap. */
  private static final List<VirtualHeap.Bundle> BUNDLES =
      List.of(
          new VirtualHeap.Bundle(128, 32),
          new VirtualHeap.Bundle(DRIVER_HEAP_BYTES, 2),
          new VirtualHeap.Bundle(USER_HEAP_BYTES, 1));

  private static final int PAGE = PageDriver.PAGE_BYTES;
  private static final int VIRTUAL_PAGES = 5;
  private static final int SYSTEM_PAGES = 4;

  /** Room for one block beside the structures of the virtual heap. */
  private static final int SYSTEM_BYTES = 2 * PAGE;

  /** Room for the LL user heap on its pages, for its end, and for one block before it. */
  private static final int OUTER_SYSTEM_BYTES = PAGE + USER_HEAP_BYTES + 512;

  /** Pages of the shared heap, of the L3 heap and of the sysuser partition. */
  private static final int OTHER_PAGES = 3;

  final CacheAliases aliases = new CacheAliases(true);
  final SmallMachine machine =
      new SmallMachine(1, SYSTEM_PAGES + VIRTUAL_PAGES + OTHER_PAGES, 2, true);
  final Cpu cpu = machine.cpu();
  final CallTrace trace =
      new CallTrace(machine.ram(), machine.allocateStatic(CallTrace.STRUCT.size()));
  final SysHeap sysHeap = new SysHeap(cpu, HeapConfig.RELEASE);
  final SofHeap sofHeap;
  final VirtualHeap virtual;

  /** Addresses of the {@code struct k_heap}, 0 for a heap that is not built. */
  final int system = machine.allocateStatic(KHeap.STRUCT.size());

  final int shared;
  final int l3;
  final int user = machine.allocateStatic(KHeap.STRUCT.size());

  /** Address of the word {@code virtual_buffers_heap}, which is 0 in a build without. */
  final int virtualBuffers = machine.allocateStatic(4);

  /** First cached address of the virtual heap. */
  final int virtualStart = aliases.cached(machine.takePages(VIRTUAL_PAGES));

  /** The partition of user space's own variables. */
  final int sysuser = machine.takePages(1);

  /** The domain of the LL threads, and one in which no heap is mapped. */
  final int llDomain = machine.domains().create();

  final int otherDomain = machine.domains().create();

  /**
   * Makes the heaps.
   *
   * @param built which of the virtual heap, the shared buffer heap and the L3 heap are built
   */
  HeapBuild(Design design, Set<HeapName> built) {
    boolean hasVirtual = built.contains(HeapName.VIRTUAL);
    this.shared = built.contains(HeapName.SHARED) ? machine.allocateStatic(KHeap.STRUCT.size()) : 0;
    this.l3 = built.contains(HeapName.L3) ? machine.allocateStatic(KHeap.STRUCT.size()) : 0;
    PageDriver pages =
        new PageDriver(
            cpu,
            machine.allocateStatic(PageDriver.tableBytes(VIRTUAL_PAGES, VIRTUAL_PAGES)),
            virtualStart,
            VIRTUAL_PAGES,
            VIRTUAL_PAGES);
    this.virtual = new VirtualHeap(cpu, pages, trace);
    boolean hasRecord = design.has(Fix.CHECK_HEAP_ARGUMENTS) || design.has(Fix.KEEP_KERNEL_BLOCKS);
    this.sofHeap =
        new SofHeap(
            cpu,
            sysHeap,
            new SofHeap.Layout(system, user, machine.allocateStatic(4), true),
            hasVirtual
                ? new OtherHeaps(
                    shared, l3, virtual, virtualBuffers, virtualStart, VIRTUAL_PAGES * PAGE)
                : new OtherHeaps(shared, l3, null, 0, 0, 0),
            trace,
            true,
            design,
            hasRecord ? machine.allocateStatic(UserBlocks.tableBytes(USER_HEAP_BYTES)) : 0);
    boot(hasVirtual);
  }

  private void boot(boolean hasVirtual) {
    sofHeap.initSystemHeap(
        machine.takePages(SYSTEM_PAGES), hasVirtual ? SYSTEM_BYTES : OUTER_SYSTEM_BYTES);
    if (shared != 0) {
      sofHeap.initHeap(shared, machine.takePages(1), PAGE);
    }
    if (l3 != 0) {
      sofHeap.initHeap(l3, aliases.cached(machine.takePages(1)), PAGE);
    }
    if (hasVirtual) {
      int bytes = VIRTUAL_PAGES * PAGE;
      cpu.store32(
          virtualBuffers,
          virtual.init(virtualStart, bytes, BUNDLES, false, sofHeap.kernelMemory()));
    }
    machine.ram().shadow().declareStatic(sysuser, PAGE);
    int memory = sofHeap.rballocAlign(MemFlags.USER | MemFlags.COHERENT, USER_HEAP_BYTES, PAGE);
    sofHeap.initHeap(user, memory, USER_HEAP_BYTES);
    machine
        .domains()
        .addMirrored(
            llDomain,
            new Partition(
                "ll heap", memory, USER_HEAP_BYTES, EnumSet.of(Access.READ, Access.WRITE)));
    new UserPartitions(machine.domains(), UserBuild.LL).attachSystemUser(llDomain, sysuser, PAGE);
  }

  /** The word {@code virtual_buffers_heap}. */
  int virtualHeap() {
    return machine.ram().load32(virtualBuffers);
  }
}
