package io.ringfence.firmware.isolation;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.isolation.CallTrace.Op;
import io.ringfence.firmware.isolation.CallTrace.Result;
import io.ringfence.machine.Cpu;
import java.util.Locale;

/**
 * Kernel code that allocates and frees: careful callers, careless ones, and the error paths of SOF
 * that name the wrong heap.
 */
public final class KernelClients {
  /** The functions that kernel code allocates with. */
  public enum Api {
    /** {@code rmalloc}. */
    RMALLOC,
    /** {@code rzalloc}. */
    RZALLOC,
    /** {@code rballoc_align}. */
    RBALLOC,
    /** {@code sof_heap_alloc}. */
    SOF_HEAP_ALLOC
  }

  private final Design design;
  private final HeapBuild build;
  private final Clients clients;
  private final HeapArguments arguments;
  private final HeapMap map;
  private final Calls calls;
  private final Cpu cpu;
  private final CallTrace trace;

  KernelClients(
      Design design,
      HeapBuild build,
      Clients clients,
      HeapArguments arguments,
      HeapMap map,
      Calls calls) {
    this.design = design;
    this.build = build;
    this.clients = clients;
    this.arguments = arguments;
    this.map = map;
    this.calls = calls;
    this.cpu = build.cpu;
    this.trace = build.trace;
  }

  /** Lets a kernel client allocate; not done, and false, if it holds a block. */
  public boolean alloc(int client, Api api, int flags, HeapArgument heap) {
    if (trace.isHalted()
        || clients.held(client) != 0
        || api != Api.SOF_HEAP_ALLOC && heap != HeapArgument.NULL
        || !arguments.exists(heap)) {
      return false;
    }
    boolean drop = heap == HeapArgument.USER && design.has(Fix.DROP_KERNEL_FLAG);
    int asked = drop ? flags & ~MemFlags.KERNEL : flags;
    int handle = arguments.resolve(heap);
    calls.begin(client, Op.ALLOC, heap, arguments.argument(handle), function(api));
    trace.set(CallTrace.FLAGS, asked);
    calls.run(
        () -> {
          int block =
              switch (api) {
                case RMALLOC -> build.sofHeap.rmalloc(asked, HeapBuild.BLOCK_BYTES);
                case RZALLOC -> build.sofHeap.rzalloc(asked, HeapBuild.BLOCK_BYTES);
                case RBALLOC -> build.sofHeap.rballocAlign(asked, HeapBuild.BLOCK_BYTES, 0);
                case SOF_HEAP_ALLOC -> build.sofHeap.alloc(handle, asked, HeapBuild.BLOCK_BYTES, 0);
              };
          clients.hold(client, block);
          trace.end(block == 0 ? Result.NULL : Result.ALLOCATED);
        });
    return true;
  }

  private static String function(Api api) {
    return switch (api) {
      case RBALLOC -> "rballoc_align";
      case RMALLOC, RZALLOC, SOF_HEAP_ALLOC -> api.name().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * Lets a kernel client free what it holds; not done, and false, if it holds nothing.
   *
   * @param flip whether it gives the other alias of the address
   */
  public boolean free(int client, HeapArgument heap, boolean flip) {
    if (trace.isHalted() || clients.held(client) == 0 || !arguments.exists(heap)) {
      return false;
    }
    int block = cpu.load32(clients.pointerAddress(client));
    int other =
        build.aliases.isCached(block) ? build.aliases.uncached(block) : build.aliases.cached(block);
    return frees(client, heap, flip ? other : block);
  }

  private boolean frees(int client, HeapArgument heap, int address) {
    int handle = heap == HeapArgument.RFREE ? 0 : arguments.resolve(heap);
    boolean isPlain = heap == HeapArgument.RFREE;
    calls.begin(
        client,
        Op.FREE,
        heap,
        isPlain ? heap : arguments.argument(handle),
        isPlain ? "rfree" : "sof_heap_free");
    trace.set(CallTrace.ADDRESS, address);
    int block = clients.held(client);
    clients.hold(client, 0);
    calls.run(
        () -> {
          if (isPlain) {
            build.sofHeap.rfree(address);
          } else {
            build.sofHeap.free(handle, address);
          }
          trace.end(trace.lastError().isEmpty() ? Result.FREED : Result.REFUSED);
        });
    if (trace.result() == Result.REFUSED) {
      clients.hold(client, block);
    }
    return true;
  }

  /**
   * Whether a careful client frees so what it holds: it names the heap that the block came from. An
   * exposed client allocates from the LL user heap only, and names it whatever it holds now.
   */
  public boolean isCareful(int client, HeapArgument heap) {
    if (clients.isExposed(client) && heap == HeapArgument.USER) {
      return true;
    }
    HeapArgument right =
        holds(client, HeapName.USER)
            ? HeapArgument.USER
            : holds(client, HeapName.DRIVER) ? HeapArgument.DRIVER : HeapArgument.RFREE;
    return heap == right;
  }

  private boolean holds(int client, HeapName heap) {
    return map.isIn(heap, clients.held(client));
  }

  /**
   * The end of {@code ipc4_process_chain_dma} after a failure: frees its entry, which was allocated
   * from {@code sof_sys_user_heap_get()}.
   */
  public boolean chainDmaFails(int client) {
    if (trace.isHalted() || !holds(client, HeapName.USER)) {
      return false;
    }
    return frees(
        client,
        design.has(Fix.FREE_ENTRY_TO_ITS_HEAP) ? HeapArgument.USER : HeapArgument.RFREE,
        clients.held(client));
  }

  /** The end of {@code fast_get} after a failure: frees the copy, which is in a module's heap. */
  public boolean fastGetFails(int client) {
    if (trace.isHalted() || !holds(client, HeapName.DRIVER)) {
      return false;
    }
    return frees(
        client,
        design.has(Defect.FREE_NULL_HEAP) ? HeapArgument.NULL : HeapArgument.DRIVER,
        clients.held(client));
  }
}
