package io.ringfence.firmware.modules;

import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a debugger sees of a module's memory. */
public final class ModuleView {
  /** What lies at an address. */
  public enum Place {
    /** The module's heap. */
    OWN,
    /** The module's region. */
    REGION,
    /** The system heap, but not the kernel's object. */
    SYSTEM,
    /** The heap of another module. */
    OTHER,
    /** The kernel's object. */
    VICTIM,
    /** The attacker's page. */
    FORGED,
    /** No memory at all. */
    OUTSIDE,
    /** Nothing: NULL. */
    NOTHING
  }

  /** What became of the kernel's objects. */
  public enum Kernel {
    /** They are as they were. */
    WHOLE,
    /** An object was written. */
    OVERWRITTEN,
    /** An object was freed. */
    FREED,
    /** A partition was removed from the memory domain of another module. */
    REVOKED,
    /** The system heap is damaged. */
    CORRUPT,
    /** A function was called that no module should reach. */
    ASTRAY;

    /** Whether an object is not as it was. */
    public boolean isDamaged() {
      return this != WHOLE && this != ASTRAY;
    }
  }

  /** First and last chunk of a heap, which are no blocks. */
  private static final int FRAME_CHUNKS = 2;

  private static final int NO_HEAP = 0;

  private final ModuleMachine board;
  private final Ram ram;
  private final CacheAliases aliases = new CacheAliases(true);
  private final Map<Place, Integer> atBoot = new EnumMap<>(Place.class);

  ModuleView(ModuleMachine board) {
    this.board = board;
    this.ram = board.ram();
    for (Place place : List.of(Place.OWN, Place.REGION, Place.SYSTEM, Place.OTHER)) {
      atBoot.put(place, usedChunks(place));
    }
  }

  /** What lies at an address, by either alias. */
  public Place place(int pointer) {
    int address = aliases.uncached(pointer);
    if (pointer == 0) {
      return Place.NOTHING;
    }
    if (new ModuleMachine.Memory(board.victim, ModuleMachine.VICTIM_BYTES).contains(address)) {
      return Place.VICTIM;
    }
    if (board.systemMemory.contains(address)) {
      return Place.SYSTEM;
    }
    if (board.ownMemory.contains(address)) {
      return Place.OWN;
    }
    if (board.regionMemory.contains(address)) {
      return Place.REGION;
    }
    if (pointer == ModuleMachine.OUTSIDE) {
      return Place.OUTSIDE;
    }
    return board.otherMemory.contains(address) ? Place.OTHER : Place.FORGED;
  }

  /** Which heap a pointer to a {@code k_heap} names. */
  public Place heap(int kHeap) {
    return kHeap == 0
        ? Place.NOTHING
        : kHeap == board.ownHeap
            ? Place.OWN
            : kHeap == board.otherHeap
                ? Place.OTHER
                : kHeap == board.systemHeap
                    ? Place.SYSTEM
                    : kHeap == ModuleMachine.OUTSIDE ? Place.OUTSIDE : Place.FORGED;
  }

  /** Which region a pointer to a {@code vregion} names. */
  public Place region(int vregion) {
    return vregion == 0
        ? Place.NOTHING
        : vregion == board.region
            ? Place.REGION
            : vregion == ModuleMachine.OUTSIDE ? Place.OUTSIDE : Place.FORGED;
  }

  /** How many blocks of a heap are allocated beyond those of the start. */
  public int inUse(Place place) {
    return usedChunks(place) - atBoot.getOrDefault(place, 0);
  }

  private int usedChunks(Place place) {
    int heap = chunkHeap(place);
    if (heap == NO_HEAP) {
      return 0;
    }
    return (int) dump(heap).chunks().stream().filter(chunk -> chunk.get(2) != 0).count()
        - FRAME_CHUNKS;
  }

  /** The {@code z_heap} of a place. */
  private int chunkHeap(Place place) {
    return switch (place) {
      case OWN -> ram.load32(SysHeap.HEAP.in(board.ownHeap));
      case SYSTEM -> ram.load32(SysHeap.HEAP.in(board.systemHeap));
      case OTHER -> ram.load32(SysHeap.HEAP.in(board.otherHeap));
      case REGION ->
          board.region == 0
              ? NO_HEAP
              : ram.load32(SysHeap.HEAP.in(Vregion.INTERIM.in(board.region)));
      default -> NO_HEAP;
    };
  }

  private HeapDump dump(int heap) {
    return HeapDump.of(ram, heap, false, false);
  }

  /** What became of the kernel's objects. */
  public Kernel kernel() {
    if (isSystemHeapBroken()) {
      return Kernel.CORRUPT;
    }
    if (ram.shadow().state(board.victim) == ShadowState.FREED) {
      return Kernel.FREED;
    }
    for (int i = 0; i < ModuleMachine.VICTIM_BYTES; i += 4) {
      if (ram.load32(board.victim + i) != ModuleMachine.PATTERN) {
        return Kernel.OVERWRITTEN;
      }
    }
    if (board.sharedCopy != 0 && !board.cpu.mayRead(board.otherDomain, board.sharedCopy, 1)) {
      return Kernel.REVOKED;
    }
    return ram.load32(board.strayCalls) == 0 ? Kernel.WHOLE : Kernel.ASTRAY;
  }

  /** Whether the system heap's chunks do not add up, or it would hand out memory of others. */
  public boolean isSystemHeapBroken() {
    HeapDump dump = dump(chunkHeap(Place.SYSTEM));
    if (dump.walkBroken() != null || !dump.badLeft().isEmpty()) {
      return true;
    }
    List<Long> free =
        dump.chunks().stream()
            .filter(chunk -> chunk.get(2) == 0)
            .map(chunk -> (long) chunk.get(0))
            .toList();
    for (List<Object> bucket : dump.buckets()) {
      for (Object id : (List<?>) bucket.get(1)) {
        if (!free.contains(id)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The sets of the object pool. */
  public List<Integer> sets() {
    return board.pools.sets(board.memory.poolOf(board.module));
  }

  /** The containers of a set. */
  public List<Integer> containers(int set) {
    return board.pools.objects(set);
  }

  /** Whether a container of a set is taken. */
  public boolean isTaken(int set, int index) {
    return board.pools.isTaken(set, index);
  }

  /** The block that a container stands for. */
  public int block(int container) {
    return ram.load32(ProcessingModule.CONTAINER_PTR.in(container));
  }

  /** Whether a container says that its block is a handler of blobs. */
  public boolean isHandler(int container) {
    return ram.load32(ProcessingModule.CONTAINER_TYPE.in(container))
        == ProcessingModule.Resource.BLOB_HANDLER.ordinal();
  }

  /** Whether a handler of blobs names another function than it was made with. */
  public boolean isForgedHandler(int handler) {
    return board.blobs.isForged(handler);
  }

  /** Where a handler of blobs names the function that frees them. */
  public int handlerFree(int handler) {
    return BlobHandlers.FREE.in(handler);
  }

  /** The blocks of all containers that are taken. */
  public List<Integer> blocks() {
    List<Integer> blocks = new ArrayList<>();
    for (int set : sets()) {
      List<Integer> containers = containers(set);
      for (int i = 0; i < containers.size(); i++) {
        if (isTaken(set, i)) {
          blocks.add(block(containers.get(i)));
        }
      }
    }
    return blocks;
  }

  /** The module's context pointer. */
  public int contextPointer() {
    return ram.load32(ProcessingModule.ALLOC.in(board.module));
  }

  /** The heap of the module's context. */
  public int contextHeap() {
    return ram.load32(ProcessingModule.CONTEXT_HEAP.in(board.context));
  }

  /** The region of the module's context. */
  public int contextRegion() {
    return ram.load32(ProcessingModule.CONTEXT_VREG.in(board.context));
  }

  /** The heap of the object pool that the module's structure names. */
  public int poolHeap() {
    return ram.load32(ObjectPool.HEAP.in(ProcessingModule.POOL.in(board.module)));
  }

  /** The region of the object pool that the module's structure names. */
  public int poolRegion() {
    return ram.load32(ObjectPool.VREG.in(ProcessingModule.POOL.in(board.module)));
  }

  /** Whose memory domain the module's structure names. */
  public Place domain() {
    int mdom = ram.load32(ProcessingModule.MDOM.in(board.module));
    return mdom == 0
        ? Place.NOTHING
        : mdom == board.otherMdom
            ? Place.OTHER
            : mdom == ModuleMachine.OUTSIDE ? Place.OUTSIDE : Place.OWN;
  }

  /** The address of the module. */
  public int module() {
    return board.module;
  }

  /** The address of the module's context. */
  public int context() {
    return board.context;
  }

  /** The address of the block of another module. */
  public int otherBlock() {
    return board.otherBlock;
  }

  /** The address of the kernel's object. */
  public int victim() {
    return board.victim;
  }

  /** The address of the heap that the attacker put together. */
  public int forgedHeap() {
    return board.forgedHeap;
  }

  /** The address of the region that the attacker put together. */
  public int forgedRegion() {
    return board.forgedRegion;
  }
}
