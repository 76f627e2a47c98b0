package io.ringfence.firmware.modules;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.heap.AllocContext;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
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
   * Memory that a verifier looked at.
   *
   * @param start first byte
   * @param bytes size; 0 if there was nothing to look at
   */
  public record Range(int start, int bytes) {}

  private final Cpu cpu;
  private final SyscallVerifier verifier;
  private final SofHeap heap;
  private final ObjectPool pool;
  private final ModuleContents contents;
  private final ModuleContexts contexts;
  private final Design design;

  /**
   * Makes the functions; all state is in RAM.
   *
   * @param record address of what a repaired kernel remembers of the module
   */
  public ModuleMemory(
      Cpu cpu, SofHeap heap, ObjectPool pool, ModuleContents contents, int record, Design design) {
    this.cpu = cpu;
    this.verifier = new SyscallVerifier(cpu);
    this.heap = heap;
    this.pool = pool;
    this.contents = contents;
    this.contexts = new ModuleContexts(cpu, record, design);
    this.design = design;
  }

  /** The head of a module's object pool. */
  public int poolOf(int module) {
    return contexts.poolOf(module);
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
    int context = contexts.contextOf(module);
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

  /**
   * Checks, beside what {@link #verify} does, that the caller may read constant data ({@code
   * z_vrfy_mod_fast_get}).
   *
   * @throws KernelOops if the caller may not
   */
  public Range verifyFastGet(int module, int source, int bytes) {
    Range range = verify(module);
    verifier.requireReadable(source, bytes);
    return range;
  }

  /** Makes the module's pool an empty one of its context ({@code mod_resource_init}). */
  public void resourceInit(int module) {
    pool.init(poolOf(module));
    AllocContext source =
        design.has(Fix.POOL_IN_KERNEL)
            ? new AllocContext(heap.systemHeap(), 0)
            : contexts.needed(module);
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

  /** Reads the context from which a call takes memory. */
  public AllocContext contextFor(ModuleCall call, int module) {
    return contents.contextFor(call, module, contexts);
  }

  /**
   * Takes what a call is about from a context, or returns 0.
   *
   * @param source of a call for a copy, the constant data
   */
  public int take(ModuleCall call, AllocContext context, int bytes, int source) {
    return call == ModuleCall.MOD_FAST_GET
        ? contents.copy(context, source, bytes)
        : contents.alloc(context, bytes);
  }

  /** Makes a handler of data blobs, or returns 0. */
  public int takeHandler(int module) {
    return contents.handler(module);
  }

  /** Notes in its container what a call has taken, and counts it if it is a block. */
  public void fill(ModuleCall call, int module, int container, int address, int bytes) {
    int size = call.allocates() ? bytes : 0;
    cpu.store(ProcessingModule.CONTAINER_PTR, container, address);
    cpu.store(ProcessingModule.CONTAINER_SIZE, container, size);
    cpu.store(ProcessingModule.CONTAINER_TYPE, container, contents.kind(call).ordinal());
    if (!call.allocates()) {
      return;
    }
    int usage = cpu.load(ProcessingModule.HEAP_USAGE, module) + size;
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
          contents.free(module, container, contexts);
          putContainer(module, container);
          return true;
        });
  }

  /** Frees all blocks, and the pool's sets (the part of {@code mod_free_all} under the mutex). */
  public void freeAll(int module) {
    pool.iterate(
        poolOf(module),
        container -> {
          contents.free(module, container, contexts);
          putContainer(module, container);
          return false;
        });
    pool.prune(poolOf(module));
    if (design.has(Fix.RESET_UNDER_LOCK)) {
      resourceInit(module);
    }
  }
}
