package io.ringfence.firmware.modules;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * User threads of one module that make memory calls, step by step, and an attacker that stores to
 * the module's memory in between. A step that cannot be made now is not made, and false.
 */
public final class ModuleFirmware {
  private final ModuleMachine board;
  private final ModuleMemory memory;
  private final Ram ram;
  private final Design design;
  private final int slots;
  private final ModuleThreads threads;
  private final int held;
  private final int lost;
  private final int forgeriesLeft;
  private final ModuleView view;

  /**
   * Boots.
   *
   * @param hasHeap whether the module is given a heap
   * @param hasRegion whether it is given a region
   * @param heapPages size of the system heap and of the module's heap, in pages
   * @param slots how many pointers the module keeps
   * @param forgeries how often the attacker may write
   */
  public ModuleFirmware(
      Design design,
      boolean hasHeap,
      boolean hasRegion,
      int heapPages,
      int threadCount,
      int slots,
      int forgeries) {
    this.design = design;
    this.slots = slots;
    this.board = new ModuleMachine(design, hasHeap, hasRegion, heapPages);
    this.memory = board.memory;
    this.ram = board.ram();
    this.threads = new ModuleThreads(board, threadCount);
    this.held = board.machine.allocateStatic(4 * slots);
    this.lost = board.machine.allocateStatic(4);
    this.forgeriesLeft = board.machine.allocateStatic(4);
    ram.store32(forgeriesLeft, forgeries);
    this.view = new ModuleView(board);
    ram.freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The threads: where each of them is. */
  public ModuleThreads threads() {
    return threads;
  }

  /** The heaps and the module, to look at. */
  public ModuleView view() {
    return view;
  }

  // What a debugger reads.

  /** The pointer that the module keeps, or 0. */
  public int held(int slot) {
    return ram.load32(held + 4 * slot);
  }

  /** Whether a free did not reach the heap that the block is from. */
  public boolean hasLost() {
    return ram.load32(lost) != 0;
  }

  /** How often the attacker may still write. */
  public int forgeriesLeft() {
    return ram.load32(forgeriesLeft);
  }

  // The steps.

  /** Enters a call that allocates. */
  public boolean callAlloc(int thread, ModuleCall call, int slot, int bytes) {
    return threads.at(thread, Label.IDLE)
        && held(slot) == 0
        && !threads.isAnywhere(ModuleFrame.SLOT, slot)
        && enter(thread, call, slot, bytes);
  }

  /** Enters {@code mod_free} of a pointer that the module keeps. */
  public boolean callFree(int thread, int slot) {
    return threads.at(thread, Label.IDLE)
        && held(slot) != 0
        && !threads.isAnywhere(ModuleFrame.SLOT, slot)
        && !threads.isAnywhere(ModuleFrame.CALL, ModuleCall.MOD_FREE_ALL.ordinal())
        && enter(thread, ModuleCall.MOD_FREE, slot, StepThreads.NONE);
  }

  /** Enters {@code mod_free_all}. */
  public boolean callFreeAll(int thread) {
    return threads.at(thread, Label.IDLE)
        && !threads.isAnywhere(ModuleFrame.CALL, ModuleCall.MOD_FREE.ordinal())
        && enter(thread, ModuleCall.MOD_FREE_ALL, StepThreads.NONE, StepThreads.NONE);
  }

  private boolean enter(int thread, ModuleCall call, int slot, int bytes) {
    threads.begin(thread);
    threads.set(thread, ModuleFrame.CALL, call.ordinal());
    threads.set(thread, ModuleFrame.SLOT, slot);
    threads.set(thread, ModuleFrame.BYTES, bytes);
    threads.jump(thread, isLate(call) ? Label.CONTAINER : Label.VERIFY);
    return true;
  }

  private boolean isLate(ModuleCall call) {
    return design.has(Defect.VERIFY_LATE) && call.allocates();
  }

  /** The verifier. */
  public boolean verify(int thread) {
    return threads.at(thread, Label.VERIFY)
        && threads.run(
            thread,
            () -> {
              ModuleMemory.Range range = memory.verify(board.module);
              threads.set(thread, ModuleFrame.H_START, range.start());
              threads.set(thread, ModuleFrame.H_SIZE, range.bytes());
              ModuleCall call = threads.call(thread);
              threads.jump(
                  thread,
                  !call.allocates() ? Label.RELEASE : isLate(call) ? Label.TAKE : Label.CONTAINER);
            });
  }

  /** Takes the mutex and a container. */
  public boolean getContainer(int thread) {
    return threads.at(thread, Label.CONTAINER)
        && threads.mutexHolder() == StepThreads.NONE
        && threads.run(
            thread,
            () -> {
              threads.lock(thread);
              int container = memory.getContainer(board.module);
              if (container == 0) {
                threads.leave(thread);
                return;
              }
              threads.set(thread, ModuleFrame.CONTAINER, container);
              threads.jump(thread, isLate(threads.call(thread)) ? Label.VERIFY : Label.TAKE);
            });
  }

  /** Takes memory from the context. */
  public boolean take(int thread) {
    return threads.at(thread, Label.TAKE)
        && threads.run(
            thread,
            () -> {
              int bytes = threads.frame(thread, ModuleFrame.BYTES);
              int address = 0;
              if (bytes != 0) {
                ModuleMemory.Context context =
                    memory.contextFor(threads.call(thread), board.module);
                address = memory.alloc(context, bytes);
                threads.set(thread, ModuleFrame.HEAP, context.heap());
                threads.set(thread, ModuleFrame.VREG, context.region());
              }
              if (address == 0) {
                memory.putContainer(board.module, threads.frame(thread, ModuleFrame.CONTAINER));
                threads.leave(thread);
                return;
              }
              threads.set(thread, ModuleFrame.PTR, address);
              threads.jump(thread, Label.RECORD);
            });
  }

  /** Fills the container, releases the mutex and returns. */
  public boolean record(int thread) {
    return threads.at(thread, Label.RECORD)
        && threads.run(
            thread,
            () -> {
              int address = threads.frame(thread, ModuleFrame.PTR);
              memory.fill(
                  threads.call(thread),
                  board.module,
                  threads.frame(thread, ModuleFrame.CONTAINER),
                  address,
                  threads.frame(thread, ModuleFrame.BYTES));
              hold(threads.frame(thread, ModuleFrame.SLOT), address);
              threads.leave(thread);
            });
  }

  /** Frees one block, and returns. */
  public boolean release(int thread) {
    return threads.at(thread, Label.RELEASE)
        && threads.call(thread) == ModuleCall.MOD_FREE
        && threads.mutexHolder() == StepThreads.NONE
        && threads.run(
            thread,
            () -> {
              int slot = threads.frame(thread, ModuleFrame.SLOT);
              int address = held(slot);
              memory.free(board.module, address);
              hold(slot, 0);
              note(List.of(address));
              threads.clear(thread);
            });
  }

  /** Frees everything. */
  public boolean releaseAll(int thread) {
    return threads.at(thread, Label.RELEASE)
        && threads.call(thread) == ModuleCall.MOD_FREE_ALL
        && threads.mutexHolder() == StepThreads.NONE
        && threads.run(
            thread,
            () -> {
              List<Integer> blocks = new ArrayList<>(view.blocks());
              for (int slot = 0; slot < slots; slot++) {
                if (blocks.contains(held(slot))) {
                  hold(slot, 0);
                }
              }
              blocks.addAll(view.sets());
              memory.freeAll(board.module);
              note(blocks);
              if (design.has(Fix.RESET_UNDER_LOCK)) {
                threads.clear(thread);
              } else {
                threads.jump(thread, Label.RESET);
              }
            });
  }

  /** Resets the pool after {@link #releaseAll}, and returns. */
  public boolean reset(int thread) {
    return threads.at(thread, Label.RESET)
        && threads.run(
            thread,
            () -> {
              memory.resourceInit(board.module);
              threads.clear(thread);
            });
  }

  /** Lets the attacker store a word. */
  public boolean forge(Forgery forgery) {
    if (threads.stopped() != Why.NOTHING || forgeriesLeft() == 0) {
      return false;
    }
    if (!new ModuleAttacker(board, heldPointers()).store(forgery)) {
      return false;
    }
    threads.begin(StepThreads.NONE);
    ram.store32(forgeriesLeft, forgeriesLeft() - 1);
    return true;
  }

  private Set<Integer> heldPointers() {
    Set<Integer> pointers = new HashSet<>();
    for (int slot = 0; slot < slots; slot++) {
      pointers.add(held(slot));
    }
    return pointers;
  }

  /** Notes whether blocks that were to be freed are still there. */
  private void note(List<Integer> blocks) {
    boolean isThere =
        blocks.stream().anyMatch(block -> ram.shadow().state(block) != ShadowState.FREED);
    if (isThere || view.kernel() != ModuleView.Kernel.WHOLE) {
      ram.store32(lost, 1);
    }
  }

  private void hold(int slot, int address) {
    ram.store32(held + 4 * slot, address);
  }
}
