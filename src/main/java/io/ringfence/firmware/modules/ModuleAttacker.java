package io.ringfence.firmware.modules;

import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import java.util.Set;

/** A thread in the module's memory domain that stores where it may, in user mode. */
final class ModuleAttacker {
  private final ModuleMachine board;
  private final Cpu cpu;
  private final Set<Integer> held;

  /**
   * Makes an attacker.
   *
   * @param held the pointers that the module keeps
   */
  ModuleAttacker(ModuleMachine board, Set<Integer> held) {
    this.board = board;
    this.cpu = board.cpu;
    this.held = held;
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
    int heap = ProcessingModule.CONTEXT_HEAP.in(board.context);
    switch (forgery) {
      case ALLOC_NULL -> board.userStore(ProcessingModule.ALLOC.in(board.module), 0);
      case HEAP_NULL -> board.userStore(heap, 0);
      case HEAP_OTHER -> board.userStore(heap, board.otherHeap);
      case HEAP_FORGED -> board.userStore(heap, board.forgedHeap);
      case VREG_FORGED ->
          board.userStore(ProcessingModule.CONTEXT_VREG.in(board.context), board.forgedRegion);
      case POOL_FORGED ->
          board.userStore(
              ObjectPool.VREG.in(ProcessingModule.POOL.in(board.module)), board.forgedRegion);
      case CONTAINER_VICTIM -> {
        return storeToContainer();
      }
    }
    return true;
  }

  /** The attacker looks for the first container where the module's own structure says it is. */
  private boolean storeToContainer() {
    int list = ObjectPool.LIST.in(ProcessingModule.POOL.in(board.module));
    int set = ListItem.next(cpu, list);
    if (set == list || !cpu.mayWrite(board.domain, set, ProcessingModule.CONTAINER.size())) {
      return false;
    }
    int container = board.pools.objects(set).get(0);
    int address = cpu.loadUntracked32(ProcessingModule.CONTAINER_PTR.in(container));
    if (!board.pools.isTaken(set, 0) || address == 0 || !held.contains(address)) {
      return false;
    }
    board.userStore(ProcessingModule.CONTAINER_PTR.in(container), board.victim);
    return true;
  }
}
