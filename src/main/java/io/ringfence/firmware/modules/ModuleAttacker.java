package io.ringfence.firmware.modules;

import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.modules.ProcessingModule.Resource;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import java.util.Set;

/** A thread in the module's memory domain that stores where it may, in user mode. */
final class ModuleAttacker {
  private final ModuleMachine board;
  private final Cpu cpu;
  private final Set<Integer> held;
  private final Set<Integer> handlers;

  /**
   * Makes an attacker.
   *
   * @param held the pointers that the module keeps
   * @param handlers those of them that are handlers of blobs
   */
  ModuleAttacker(ModuleMachine board, Set<Integer> held, Set<Integer> handlers) {
    this.board = board;
    this.cpu = board.cpu;
    this.held = held;
    this.handlers = handlers;
  }

  /** Stores a word; false if that is not possible, or not allowed. */
  boolean store(Forgery forgery) {
    cpu.enter(Mode.USER, board.domain, 0, 0);
    try {
      return storeWord(forgery);
    } catch (MemoryFault fault) {
      return false;
    }
  }

  private boolean storeWord(Forgery forgery) {
    return switch (forgery) {
      case ALLOC_NULL -> store(ProcessingModule.ALLOC.in(board.module), 0);
      case ALLOC_OUTSIDE -> store(ProcessingModule.ALLOC.in(board.module), ModuleMachine.OUTSIDE);
      case HEAP_NULL -> storeHeap(0);
      case HEAP_OTHER -> storeHeap(board.otherHeap);
      case HEAP_FORGED -> storeHeap(board.forgedHeap);
      case HEAP_SYSTEM -> storeHeap(board.systemHeap);
      case HEAP_OUTSIDE -> storeHeap(ModuleMachine.OUTSIDE);
      case VREG_FORGED -> storeRegion(board.forgedRegion);
      case VREG_OUTSIDE -> storeRegion(ModuleMachine.OUTSIDE);
      case POOL_FORGED -> storePoolRegion(board.forgedRegion);
      case POOL_OUTSIDE -> storePoolRegion(ModuleMachine.OUTSIDE);
      case CONTAINER_VICTIM -> storeBlock(board.victim);
      case CONTAINER_OTHER -> storeBlock(board.otherBlock);
      case CONTAINER_OUTSIDE -> storeBlock(ModuleMachine.OUTSIDE);
      case CONTAINER_HANDLER -> storeType();
      case HANDLER_FORGED -> storeHandlers();
      case MDOM_NULL -> storeDomain(0);
      case MDOM_OTHER -> storeDomain(board.otherMdom);
      case MDOM_OUTSIDE -> storeDomain(ModuleMachine.OUTSIDE);
    };
  }

  private boolean store(int address, int value) {
    board.userStore(address, value);
    return true;
  }

  private boolean storeHeap(int kHeap) {
    return store(ProcessingModule.CONTEXT_HEAP.in(board.context), kHeap);
  }

  private boolean storeRegion(int region) {
    return store(ProcessingModule.CONTEXT_VREG.in(board.context), region);
  }

  private boolean storePoolRegion(int region) {
    return store(ObjectPool.VREG.in(ProcessingModule.POOL.in(board.module)), region);
  }

  private boolean storeDomain(int mdom) {
    return store(ProcessingModule.MDOM.in(board.module), mdom);
  }

  private boolean storeBlock(int address) {
    int container = container();
    return container != 0 && store(ProcessingModule.CONTAINER_PTR.in(container), address);
  }

  /** The attacker writes a handler into the block of a container, and says that it is one. */
  private boolean storeType() {
    int container = container();
    if (container == 0) {
      return false;
    }
    int block = cpu.loadUntracked32(ProcessingModule.CONTAINER_PTR.in(container));
    if (!cpu.mayWrite(board.domain, block, BlobHandlers.STRUCT.size())) {
      return false;
    }
    for (int i = 0; i < BlobHandlers.STRUCT.size(); i += Integer.BYTES) {
      cpu.store32(block + i, 0);
    }
    storeHandler(block);
    return store(ProcessingModule.CONTAINER_TYPE.in(container), Resource.BLOB_HANDLER.ordinal());
  }

  private boolean storeHandlers() {
    handlers.forEach(this::storeHandler);
    return !handlers.isEmpty();
  }

  private void storeHandler(int handler) {
    store(BlobHandlers.DATA.in(handler), board.victim);
    store(BlobHandlers.FREE.in(handler), board.kernelFunction);
  }

  /**
   * The first container, where the module's own structure says it is; 0 if the attacker may not
   * write it, or it does not hold a block of the module's.
   */
  private int container() {
    int list = ObjectPool.LIST.in(ProcessingModule.POOL.in(board.module));
    int set = ListItem.next(cpu, list);
    if (set == list || !cpu.mayWrite(board.domain, set, ProcessingModule.CONTAINER.size())) {
      return 0;
    }
    int container = board.pools.objects(set).get(0);
    int address = cpu.loadUntracked32(ProcessingModule.CONTAINER_PTR.in(container));
    int type = cpu.loadUntracked32(ProcessingModule.CONTAINER_TYPE.in(container));
    boolean isBlock = type == Resource.HEAP.ordinal() || type == Resource.BUFFER.ordinal();
    return board.pools.isTaken(set, 0) && isBlock && address != 0 && held.contains(address)
        ? container
        : 0;
  }
}
