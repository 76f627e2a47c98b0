package io.ringfence.firmware.modules;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.fastget.FastGet;
import io.ringfence.firmware.heap.AllocContext;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.firmware.kernel.KMemDomain;
import io.ringfence.firmware.modules.ProcessingModule.Resource;
import io.ringfence.machine.Cpu;

/** What the containers of a module stand for: how it is made, and how it is freed. */
public final class ModuleContents {
  private final Cpu cpu;
  private final SofHeap heap;
  private final VirtualRegions regions;
  private final FastGet copies;
  private final BlobHandlers blobs;
  private final HeapPlatform platform;
  private final Design design;

  /** Makes the functions; all state is in RAM. */
  public ModuleContents(
      Cpu cpu,
      SofHeap heap,
      VirtualRegions regions,
      FastGet copies,
      BlobHandlers blobs,
      HeapPlatform platform,
      Design design) {
    this.cpu = cpu;
    this.heap = heap;
    this.regions = regions;
    this.copies = copies;
    this.blobs = blobs;
    this.platform = platform;
    this.design = design;
  }

  /** The context from which a call takes memory. */
  AllocContext contextFor(ModuleCall call, int module, ModuleContexts contexts) {
    if (call == ModuleCall.MOD_BALLOC_ALIGN && !design.has(Fix.BUFFER_FROM_CONTEXT)) {
      return new AllocContext(contexts.needed(module).heap(), 0);
    }
    return contexts.optional(module);
  }

  /** Allocates from a context, or returns 0 ({@code sof_ctx_alloc}). */
  int alloc(AllocContext context, int bytes) {
    return context.region() == 0
        ? heap.alloc(context.heap(), MemFlags.USER, bytes, 0)
        : regions.alloc(context.region(), bytes, 0);
  }

  /** Gets a copy of constant data, or returns 0 ({@code fast_get}). */
  int copy(AllocContext context, int source, int bytes) {
    return copies.get(context, source, bytes);
  }

  /** Makes a handler of data blobs, or returns 0. */
  int handler(int module) {
    return blobs.make(cpu.load(ProcessingModule.DEV, module));
  }

  /** What the container of a call's result stands for. */
  Resource kind(ModuleCall call) {
    return switch (call) {
      case MOD_FAST_GET -> Resource.FAST_GET;
      case MOD_DATA_BLOB_HANDLER_NEW -> Resource.BLOB_HANDLER;
      case MOD_BALLOC_ALIGN ->
          design.has(Fix.FREE_TO_ORIGIN) && !design.has(Fix.BUFFER_FROM_CONTEXT)
              ? Resource.BUFFER
              : Resource.HEAP;
      default -> Resource.HEAP;
    };
  }

  /** Frees what a container stands for, as far as its type is one ({@code free_contents}). */
  void free(int module, int container, ModuleContexts contexts) {
    int pointer = cpu.load(ProcessingModule.CONTAINER_PTR, container);
    int type = cpu.load(ProcessingModule.CONTAINER_TYPE, container);
    if (type == Resource.HEAP.ordinal() || type == Resource.BUFFER.ordinal()) {
      AllocContext context = contexts.optional(module);
      if (context.region() != 0 && type == Resource.HEAP.ordinal()) {
        regions.free(context.region(), pointer);
      } else {
        heap.free(context.heap(), pointer);
      }
      int usage = cpu.load(ProcessingModule.HEAP_USAGE, module);
      cpu.store(
          ProcessingModule.HEAP_USAGE,
          module,
          usage - cpu.load(ProcessingModule.CONTAINER_SIZE, container));
    } else if (type == Resource.BLOB_HANDLER.ordinal()) {
      blobs.free(pointer);
    } else if (type == Resource.FAST_GET.ordinal()) {
      copies.put(contexts.optional(module), () -> domainOf(module), pointer);
    } else {
      platform.error("Unknown resource type: " + type);
    }
  }

  private int domainOf(int module) {
    return design.has(Fix.DOMAIN_OF_CALLER)
        ? cpu.domain()
        : KMemDomain.follow(cpu, cpu.load(ProcessingModule.MDOM, module));
  }
}
