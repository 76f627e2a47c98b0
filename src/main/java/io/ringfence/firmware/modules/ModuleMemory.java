package io.ringfence.firmware.modules;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.syscalls.SyscallVerifier;
import io.ringfence.machine.Cpu;

/**
 * The kernel's side of the memory calls of modules (SOF src/audio/module_adapter/module/generic.c
 * and zephyr/include/rtos/alloc.h, 12dd726529), in pieces between which other threads of the module
 * may run. The caller holds {@code mod_res_lock} for all but {@link #verify} and {@link
 * #resourceInit}.
 */
public final class ModuleMemory {
  /**
   * What the kernel found when it followed a module's pointers.
   *
   * @param heap address of a {@code struct k_heap}, or 0
   * @param region address of a {@code struct vregion}, or 0
   */
  public record Context(int heap, int region) {}

  /**
   * Memory that a verifier looked at.
   *
   * @param start first byte
   * @param bytes size; 0 if there was nothing to look at
   */
  public record Range(int start, int bytes) {}

  private final Cpu cpu;
  private final SyscallVerifier verifier;
  private final SofHeap heap;
  private final VirtualRegions regions;
  private final ObjectPool pool;
  private final int record;
  private final Design design;

  /**
   * Makes the functions; all state is in RAM.
   *
   * @param record address of what a repaired kernel remembers of the module
   */
  public ModuleMemory(
      Cpu cpu, SofHeap heap, VirtualRegions regions, ObjectPool pool, int record, Design design) {
    this.cpu = cpu;
    this.verifier = new SyscallVerifier(cpu);
    this.heap = heap;
    this.regions = regions;
    this.pool = pool;
    this.record = record;
    this.design = design;
  }

  /** The head of a module's object pool. */
  public int poolOf(int module) {
    return design.has(Fix.POOL_IN_KERNEL)
        ? ProcessingModule.RECORD_POOL.in(record)
        : ProcessingModule.POOL.in(module);
  }

  private int contextOf(int module) {
    return design.has(Fix.REMEMBER_CONTEXT)
        ? ProcessingModule.RECORD_CONTEXT.in(record)
        : cpu.load(ProcessingModule.ALLOC, module);
  }

  /**
   * Checks that the caller may write the module, and the memory of its context ({@code
   * z_vrfy_mod_alloc_ext} and its siblings).
   *
   * @return what was checked
   * @throws KernelOops if the caller may not
   */
  public Range verify(int module) {
    verifier.requireWritable(module, ProcessingModule.STRUCT.size());
    int context = contextOf(module);
    int region = cpu.load(ProcessingModule.CONTEXT_VREG, context);
    int kHeap = cpu.load(ProcessingModule.CONTEXT_HEAP, context);
    Range range = new Range(0, 0);
    if (region != 0) {
      range =
          new Range(
              cpu.loadUntracked32(Vregion.BASE.in(region)),
              cpu.loadUntracked32(Vregion.SIZE.in(region)));
    } else if (kHeap != 0) {
      range = new Range(cpu.load(SysHeap.INIT_MEM, kHeap), cpu.load(SysHeap.INIT_BYTES, kHeap));
    }
    if (range.bytes() != 0) {
      verifier.requireWritable(range.start(), range.bytes());
    }
    return range;
  }

  /** Makes the module's pool an empty one of its context ({@code mod_resource_init}). */
  public void resourceInit(int module) {
    pool.init(poolOf(module));
    Context source =
        design.has(Fix.POOL_IN_KERNEL) ? new Context(heap.systemHeap(), 0) : context(module, true);
    pool.setSource(poolOf(module), source.heap(), source.region());
    cpu.store(ProcessingModule.HEAP_USAGE, module, 0);
    cpu.store(ProcessingModule.HIGH_WATER_MARK, module, 0);
  }

  /** Takes a container, or returns 0 ({@code container_get}). */
  public int getContainer(int module) {
    return pool.alloc(poolOf(module), ProcessingModule.CONTAINER.size(), 0);
  }

  /** Gives a container back ({@code container_put}). */
  public void putContainer(int module, int container) {
    pool.free(poolOf(module), container);
  }

  /**
   * Reads the module's context.
   *
   * @param needed whether a missing context is dereferenced, as some callers do, or counts as an
   *     empty one
   */
  public Context context(int module, boolean needed) {
    int context = contextOf(module);
    if (context == 0 && !needed) {
      return new Context(0, 0);
    }
    return new Context(
        cpu.load(ProcessingModule.CONTEXT_HEAP, context),
        cpu.load(ProcessingModule.CONTEXT_VREG, context));
  }

  /** Reads the context from which a call allocates. */
  public Context contextFor(ModuleCall call, int module) {
    if (call == ModuleCall.MOD_BALLOC_ALIGN && !design.has(Fix.BUFFER_FROM_CONTEXT)) {
      return new Context(context(module, true).heap(), 0);
    }
    return context(module, false);
  }

  /** Allocates from a context, or returns 0 ({@code sof_ctx_alloc}). */
  public int alloc(Context context, int bytes) {
    return context.region() == 0
        ? heap.alloc(context.heap(), MemFlags.USER, bytes, 0)
        : regions.alloc(context.region(), bytes, 0);
  }

  /** Notes a block in its container, and counts it. */
  public void fill(ModuleCall call, int module, int container, int address, int bytes) {
    boolean buffer =
        call == ModuleCall.MOD_BALLOC_ALIGN
            && design.has(Fix.FREE_TO_ORIGIN)
            && !design.has(Fix.BUFFER_FROM_CONTEXT);
    cpu.store(ProcessingModule.CONTAINER_PTR, container, address);
    cpu.store(ProcessingModule.CONTAINER_SIZE, container, bytes);
    cpu.store(
        ProcessingModule.CONTAINER_TYPE,
        container,
        (buffer ? ProcessingModule.Resource.BUFFER : ProcessingModule.Resource.HEAP).ordinal());
    int usage = cpu.load(ProcessingModule.HEAP_USAGE, module) + bytes;
    cpu.store(ProcessingModule.HEAP_USAGE, module, usage);
    if (Integer.compareUnsigned(usage, cpu.load(ProcessingModule.HIGH_WATER_MARK, module)) > 0) {
      cpu.store(ProcessingModule.HIGH_WATER_MARK, module, usage);
    }
  }

  /** Frees the block at an address; false if no container holds it ({@code mod_free}). */
  public boolean free(int module, int address) {
    return pool.iterate(
        poolOf(module),
        container -> {
          if (cpu.load(ProcessingModule.CONTAINER_PTR, container) != address) {
            return false;
          }
          freeContents(module, container);
          putContainer(module, container);
          return true;
        });
  }

  /** Frees all blocks, and the pool's sets (the part of {@code mod_free_all} under the mutex). */
  public void freeAll(int module) {
    pool.iterate(
        poolOf(module),
        container -> {
          freeContents(module, container);
          putContainer(module, container);
          return false;
        });
    pool.prune(poolOf(module));
    if (design.has(Fix.RESET_UNDER_LOCK)) {
      resourceInit(module);
    }
  }

  /** Frees what a container stands for ({@code free_contents}). */
  private void freeContents(int module, int container) {
    int address = cpu.load(ProcessingModule.CONTAINER_PTR, container);
    int type = cpu.load(ProcessingModule.CONTAINER_TYPE, container);
    Context context = context(module, false);
    if (context.region() != 0 && type != ProcessingModule.Resource.BUFFER.ordinal()) {
      regions.free(context.region(), address);
    } else {
      heap.free(context.heap(), address);
    }
    int usage = cpu.load(ProcessingModule.HEAP_USAGE, module);
    cpu.store(
        ProcessingModule.HEAP_USAGE,
        module,
        usage - cpu.load(ProcessingModule.CONTAINER_SIZE, container));
  }
}
