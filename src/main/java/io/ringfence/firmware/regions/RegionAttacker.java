package io.ringfence.firmware.regions;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;

/** The user module: its stores to the region that is mapped for it, and its system calls. */
public final class RegionAttacker {
  /** What the module overwrites. */
  public enum Target {
    /**
     * The free lists of the interim heap: each bucket leads to a chunk whose header is the last
     * unit of the region and whose memory lies behind it.
     */
    HEAP,
    /** {@code lifetime.ptr} of the control structure, to an address behind the region. */
    CONTROL,
    /** The driver pointer of the {@code comp_dev}, to a table with an address of the module's. */
    DRIVER
  }

  /** What the module names in a system call. */
  public enum Named {
    /** The region that it has. */
    REGION,
    /** A structure that it made up in its block. */
    FORGED,
    /** An address where no memory is. */
    WILD
  }

  /** More buckets than a heap of some pages has. */
  private static final int BUCKETS = 13;

  private static final int AVAILABLE = 12;

  /** Where the bucket heads of a {@code z_heap} are. */
  static final int HEADS = 16;

  private static final int UNIT = 8;

  /** Units from the last one of the region to the end of a block of 24 lines behind it. */
  private static final int FAKE_UNITS = 193;

  private static final int NOWHERE = 0x20000000;

  private final Design design;
  private final RegionMachine machine;
  private final RegionState state;
  private final RegionView view;
  private final Cpu cpu;

  RegionAttacker(Design design, RegionMachine machine, RegionState state, RegionView view) {
    this.view = view;
    this.design = design;
    this.machine = machine;
    this.state = state;
    this.cpu = machine.cpu;
  }

  /** Overwrites; false, and nothing changed, if there is no such thing or no right to. */
  boolean forge(Target target) {
    int region = state.region(RegionThread.MODULE);
    if (region == 0) {
      return false;
    }
    int heap = view.interimHeap();
    int device = state.device();
    return switch (target) {
      case HEAP -> heap != 0 && !view.isInterimUsed() && asUser(() -> forgeHeap(heap));
      case CONTROL ->
          asUser(() -> cpu.storeUntracked32(Vregion.LIFETIME_PTR.in(region), behindRegion()));
      case DRIVER -> device != 0 && asUser(() -> forgeDriver(device));
    };
  }

  private int behindRegion() {
    return machine.regionBase + machine.regionBytes();
  }

  private void forgeHeap(int heap) {
    int chunk = behindRegion() - UNIT;
    int id = (chunk - heap) / UNIT;
    cpu.storeUntracked32(heap + AVAILABLE, -1);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      cpu.storeUntracked32(heap + HEADS + 4 * bucket, id);
    }
    cpu.storeUntracked16(chunk, 0);
    cpu.storeUntracked16(chunk + 2, FAKE_UNITS << 1);
    cpu.storeUntracked16(chunk + 4, id);
    cpu.storeUntracked16(chunk + 6, id);
  }

  private void forgeDriver(int device) {
    cpu.storeUntracked32(device, device + 4);
    cpu.storeUntracked32(device + 4, device);
  }

  /** The address that the module gives as that of its region when it frees a block. */
  int address(int slot, Named named) {
    return switch (named) {
      case REGION -> state.region(RegionThread.MODULE);
      case FORGED -> state.pointer(slot);
      case WILD -> NOWHERE;
    };
  }

  /** The verifier and the call {@code vregion_free}; false if the verifier refuses. */
  boolean free(int slot, Named named) {
    int block = state.pointer(slot);
    int region = address(slot, named);
    if (named == Named.FORGED) {
      asUser(() -> makeUpRegion(block));
    }
    int pointer = named == Named.REGION ? block : machine.guard + CacheAliases.LINE_BYTES;
    try {
      verify(region);
    } catch (KernelOops refused) {
      return false;
    }
    machine.regions.free(region, pointer);
    return true;
  }

  /** A region in interim mode whose heap is a page of the kernel's. */
  private void makeUpRegion(int at) {
    cpu.store(Vregion.BASE, at, machine.regionBase);
    cpu.store(Vregion.SIZE, at, machine.regionBytes());
    cpu.store(Vregion.LOCK, at, 0);
    cpu.store(Vregion.TYPE, at, Vregion.Mode.INTERIM.ordinal());
    cpu.store(Vregion.LIFETIME_FREES, at, 0);
    int interim = at + Vregion.INTERIM.offset();
    cpu.zero(interim, Vregion.INTERIM.size());
    cpu.store(SysHeap.HEAP, interim, machine.guard);
    cpu.store(SysHeap.INIT_MEM, interim, 0);
    cpu.store(SysHeap.INIT_BYTES, interim, -1);
  }

  private void verify(int region) {
    if (design.has(Defect.VERIFY_THROUGH_POINTER)) {
      int base = cpu.load(Vregion.BASE, region);
      int size = cpu.load(Vregion.SIZE, region);
      if (!cpu.mayWrite(machine.domain, base, size)) {
        throw new KernelOops("vregion_free: the caller may not write that region");
      }
    } else if (region != state.region(RegionThread.MODULE)) {
      throw new KernelOops(String.format("vregion_free: 0x%08x is not the caller's", region));
    }
  }

  private boolean asUser(Runnable stores) {
    cpu.enter(Mode.USER, machine.domain, 0, 0);
    try {
      stores.run();
      return true;
    } catch (MemoryFault refused) {
      return false;
    } finally {
      cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
    }
  }
}
