package io.ringfence.firmware.modules;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.machine.Ram;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * User threads of one module that make memory calls, step by step, and an attacker that stores to
 * the module's memory in between. A step that cannot be made now is not made, and false.
 */
public final class ModuleFirmware {
  private final ModuleMachine board;
  private final Ram ram;
  private final int slots;
  private final ModuleThreads threads;
  private final int forgeriesLeft;
  private final ModuleView view;
  private final ModuleSteps steps;

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
    this.slots = slots;
    this.board = new ModuleMachine(design, hasHeap, hasRegion, heapPages);
    this.ram = board.ram();
    this.threads = new ModuleThreads(board, threadCount);
    this.forgeriesLeft = board.machine.allocateStatic(4);
    ram.store32(forgeriesLeft, forgeries);
    this.view = new ModuleView(board);
    this.steps = new ModuleSteps(design, board, threads, view, slots);
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
    return steps.held(slot);
  }

  /** The call that returned the pointer that the module keeps, which is not 0. */
  public ModuleCall origin(int slot) {
    return steps.origin(slot);
  }

  /** Whether a free did not reach the heap that the block is from. */
  public boolean hasLost() {
    return steps.hasLost();
  }

  /** Whether the kernel was made to call a function that no module should reach. */
  public boolean hasStrayed() {
    return ram.load32(board.strayCalls) != 0;
  }

  /** How often the attacker may still write. */
  public int forgeriesLeft() {
    return ram.load32(forgeriesLeft);
  }

  /** The memory that it all happens in. */
  ModuleMachine machine() {
    return board;
  }

  // The calls.

  /** The steps of the calls in progress. */
  public ModuleSteps steps() {
    return steps;
  }

  /** Enters a call that allocates. */
  public boolean callAlloc(int thread, ModuleCall call, int slot, int bytes) {
    return isFree(thread, slot) && enter(thread, call, slot, bytes);
  }

  /** Enters {@code mod_fast_get} of the data that another module has a copy of. */
  public boolean callSharedGet(int thread, int slot) {
    return callFastGet(thread, slot, board.sharedConstants, ModuleMachine.SHARED_BYTES);
  }

  /** Enters {@code mod_fast_get}. */
  public boolean callFastGet(int thread, int slot, int source, int bytes) {
    if (!isFree(thread, slot)) {
      return false;
    }
    enter(thread, ModuleCall.MOD_FAST_GET, slot, bytes);
    threads.set(thread, ModuleFrame.SOURCE, source);
    return true;
  }

  /** Enters {@code mod_data_blob_handler_new}. */
  public boolean callBlobHandler(int thread, int slot) {
    return isFree(thread, slot)
        && enter(thread, ModuleCall.MOD_DATA_BLOB_HANDLER_NEW, slot, StepThreads.NONE);
  }

  private boolean isFree(int thread, int slot) {
    return threads.at(thread, Label.IDLE)
        && held(slot) == 0
        && !threads.isAnywhere(ModuleFrame.SLOT, slot);
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
    threads.jump(thread, steps.isLate(call) ? Label.CONTAINER : Label.VERIFY);
    return true;
  }

  /** Lets the attacker store a word. */
  public boolean forge(Forgery forgery) {
    if (threads.stopped() != Why.NOTHING || forgeriesLeft() == 0) {
      return false;
    }
    if (!new ModuleAttacker(board, pointers(slot -> true), pointers(this::isHandler))
        .store(forgery)) {
      return false;
    }
    threads.begin(StepThreads.NONE);
    ram.store32(forgeriesLeft, forgeriesLeft() - 1);
    return true;
  }

  /** Whether what the module keeps is a handler of blobs. */
  public boolean isHandler(int slot) {
    return held(slot) != 0 && origin(slot) == ModuleCall.MOD_DATA_BLOB_HANDLER_NEW;
  }

  private Set<Integer> pointers(IntPredicate which) {
    Set<Integer> pointers = new HashSet<>();
    for (int slot = 0; slot < slots; slot++) {
      if (which.test(slot)) {
        pointers.add(held(slot));
      }
    }
    return pointers;
  }
}
