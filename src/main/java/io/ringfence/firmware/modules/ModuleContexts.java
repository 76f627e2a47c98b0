package io.ringfence.firmware.modules;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.AllocContext;
import io.ringfence.machine.Cpu;

/**
 * Where the kernel finds what it knows of a module: in the module itself, which user mode may
 * write, or in a repaired kernel in memory of its own.
 */
final class ModuleContexts {
  private final Cpu cpu;
  private final int record;
  private final Design design;

  /**
   * Makes the functions.
   *
   * @param record address of what a repaired kernel remembers of the module
   */
  ModuleContexts(Cpu cpu, int record, Design design) {
    this.cpu = cpu;
    this.record = record;
    this.design = design;
  }

  /** The head of a module's object pool. */
  int poolOf(int module) {
    return design.has(Fix.POOL_IN_KERNEL)
        ? ProcessingModule.RECORD_POOL.in(record)
        : ProcessingModule.POOL.in(module);
  }

  /** The address of a module's {@code mod_alloc_ctx}. */
  int contextOf(int module) {
    return design.has(Fix.REMEMBER_CONTEXT)
        ? ProcessingModule.RECORD_CONTEXT.in(record)
        : cpu.load(ProcessingModule.ALLOC, module);
  }

  /** Reads the module's context; a missing one is dereferenced. */
  AllocContext needed(int module) {
    return read(contextOf(module));
  }

  /** Reads the module's context; a missing one counts as an empty one. */
  AllocContext optional(int module) {
    int context = contextOf(module);
    return context == 0 ? AllocContext.SYSTEM : read(context);
  }

  private AllocContext read(int context) {
    return new AllocContext(
        cpu.load(ProcessingModule.CONTEXT_HEAP, context),
        cpu.load(ProcessingModule.CONTEXT_VREG, context));
  }
}
