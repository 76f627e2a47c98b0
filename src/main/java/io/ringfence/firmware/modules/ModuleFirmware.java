package io.ringfence.firmware.modules;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
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
  private final Cpu cpu;
  private final Ram ram;
  private final Design design;
  private final int slots;
  private final int threads;
  private final int frames;
  private final int held;
  private final int mutex;
  private final int stop;
  private final int lost;
  private final int forgeriesLeft;
  private final ModuleView view;
  private String lastFault = "";

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
      int threads,
      int slots,
      int forgeries) {
    this.design = design;
    this.slots = slots;
    this.threads = threads;
    this.board = new ModuleMachine(design, hasHeap, hasRegion, heapPages);
    this.memory = board.memory;
    this.cpu = board.cpu;
    this.ram = board.ram();
    this.frames = board.machine.allocateStatic(ModuleFrame.STRUCT.size() * threads);
    this.held = board.machine.allocateStatic(4 * slots);
    this.mutex = board.machine.allocateStatic(4);
    this.stop = board.machine.allocateStatic(4);
    this.lost = board.machine.allocateStatic(4);
    this.forgeriesLeft = board.machine.allocateStatic(4);
    ram.store32(forgeriesLeft, forgeries);
    for (int thread = 0; thread < threads; thread++) {
      clear(thread);
    }
    this.view = new ModuleView(board);
    ram.freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The heaps and the module, to look at. */
  public ModuleView view() {
    return view;
  }

  /** The fault, or the error that was logged, of the last step; empty if neither. */
  public String lastFault() {
    return lastFault.isEmpty() ? board.lastError() : lastFault;
  }

  // What a debugger reads.

  /** A field of a thread's frame. */
  public int frame(int thread, Field field) {
    return ram.load32(field.in(frameAddress(thread)));
  }

  /** The address of a thread's frame. */
  public int frameAddress(int thread) {
    return frames + thread * ModuleFrame.STRUCT.size();
  }

  /** The next step of a thread. */
  public Label label(int thread) {
    return Label.values()[frame(thread, ModuleFrame.PC)];
  }

  /** The pointer that the module keeps, or 0. */
  public int held(int slot) {
    return ram.load32(held + 4 * slot);
  }

  /** The thread that holds the mutex, or {@link ModuleFrame#NONE}. */
  public int mutexHolder() {
    return ram.load32(mutex) - 1;
  }

  /** Why the kernel stopped. */
  public Why stopped() {
    return Why.at(ram.load32(stop));
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
    return at(thread, Label.IDLE)
        && held(slot) == 0
        && isUnused(slot)
        && enter(thread, call, slot, bytes);
  }

  /** Enters {@code mod_free} of a pointer that the module keeps. */
  public boolean callFree(int thread, int slot) {
    return at(thread, Label.IDLE)
        && held(slot) != 0
        && isUnused(slot)
        && !isRunning(ModuleCall.MOD_FREE_ALL)
        && enter(thread, ModuleCall.MOD_FREE, slot, ModuleFrame.NONE);
  }

  /** Enters {@code mod_free_all}. */
  public boolean callFreeAll(int thread) {
    return at(thread, Label.IDLE)
        && !isRunning(ModuleCall.MOD_FREE)
        && enter(thread, ModuleCall.MOD_FREE_ALL, ModuleFrame.NONE, ModuleFrame.NONE);
  }

  private boolean enter(int thread, ModuleCall call, int slot, int bytes) {
    begin(thread);
    set(thread, ModuleFrame.CALL, call.ordinal());
    set(thread, ModuleFrame.SLOT, slot);
    set(thread, ModuleFrame.BYTES, bytes);
    jump(thread, isLate(call) ? Label.CONTAINER : Label.VERIFY);
    return true;
  }

  private boolean isLate(ModuleCall call) {
    return design.has(Defect.VERIFY_LATE) && call.allocates();
  }

  /** The verifier. */
  public boolean verify(int thread) {
    return at(thread, Label.VERIFY)
        && run(
            thread,
            () -> {
              ModuleMemory.Range range = memory.verify(board.module);
              set(thread, ModuleFrame.H_START, range.start());
              set(thread, ModuleFrame.H_SIZE, range.bytes());
              ModuleCall call = call(thread);
              jump(
                  thread,
                  !call.allocates() ? Label.RELEASE : isLate(call) ? Label.TAKE : Label.CONTAINER);
            });
  }

  /** Takes the mutex and a container. */
  public boolean getContainer(int thread) {
    return at(thread, Label.CONTAINER)
        && mutexHolder() == ModuleFrame.NONE
        && run(
            thread,
            () -> {
              lock(thread);
              int container = memory.getContainer(board.module);
              if (container == 0) {
                giveUp(thread);
                return;
              }
              set(thread, ModuleFrame.CONTAINER, container);
              jump(thread, isLate(call(thread)) ? Label.VERIFY : Label.TAKE);
            });
  }

  /** Takes memory from the context. */
  public boolean take(int thread) {
    return at(thread, Label.TAKE)
        && run(
            thread,
            () -> {
              int bytes = frame(thread, ModuleFrame.BYTES);
              int address = 0;
              if (bytes != 0) {
                ModuleMemory.Context context = memory.contextFor(call(thread), board.module);
                address = memory.alloc(context, bytes);
                set(thread, ModuleFrame.HEAP, context.heap());
                set(thread, ModuleFrame.VREG, context.region());
              }
              if (address == 0) {
                memory.putContainer(board.module, frame(thread, ModuleFrame.CONTAINER));
                giveUp(thread);
                return;
              }
              set(thread, ModuleFrame.PTR, address);
              jump(thread, Label.RECORD);
            });
  }

  private void giveUp(int thread) {
    ram.store32(mutex, 0);
    clear(thread);
  }

  /** Fills the container, releases the mutex and returns. */
  public boolean record(int thread) {
    return at(thread, Label.RECORD)
        && run(
            thread,
            () -> {
              int address = frame(thread, ModuleFrame.PTR);
              memory.fill(
                  call(thread),
                  board.module,
                  frame(thread, ModuleFrame.CONTAINER),
                  address,
                  frame(thread, ModuleFrame.BYTES));
              hold(frame(thread, ModuleFrame.SLOT), address);
              giveUp(thread);
            });
  }

  /** Frees one block, and returns. */
  public boolean release(int thread) {
    return at(thread, Label.RELEASE)
        && call(thread) == ModuleCall.MOD_FREE
        && mutexHolder() == ModuleFrame.NONE
        && run(
            thread,
            () -> {
              int slot = frame(thread, ModuleFrame.SLOT);
              int address = held(slot);
              memory.free(board.module, address);
              hold(slot, 0);
              note(List.of(address));
              clear(thread);
            });
  }

  /** Frees everything. */
  public boolean releaseAll(int thread) {
    return at(thread, Label.RELEASE)
        && call(thread) == ModuleCall.MOD_FREE_ALL
        && mutexHolder() == ModuleFrame.NONE
        && run(
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
                clear(thread);
              } else {
                jump(thread, Label.RESET);
              }
            });
  }

  /** Resets the pool after {@link #releaseAll}, and returns. */
  public boolean reset(int thread) {
    return at(thread, Label.RESET)
        && run(
            thread,
            () -> {
              memory.resourceInit(board.module);
              clear(thread);
            });
  }

  /** Lets the attacker store a word. */
  public boolean forge(Forgery forgery) {
    if (stopped() != Why.NOTHING || forgeriesLeft() == 0) {
      return false;
    }
    if (!new ModuleAttacker(board, heldPointers()).store(forgery)) {
      return false;
    }
    begin(ModuleFrame.NONE);
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

  // What goes around a step.

  private boolean at(int thread, Label label) {
    return stopped() == Why.NOTHING && label(thread) == label;
  }

  private boolean isUnused(int slot) {
    for (int thread = 0; thread < threads; thread++) {
      if (frame(thread, ModuleFrame.SLOT) == slot) {
        return false;
      }
    }
    return true;
  }

  private boolean isRunning(ModuleCall call) {
    for (int thread = 0; thread < threads; thread++) {
      if (frame(thread, ModuleFrame.CALL) == call.ordinal()) {
        return true;
      }
    }
    return false;
  }

  private void begin(int thread) {
    lastFault = "";
    board.clearError();
    cpu.enter(Mode.KERNEL, board.domain, 0, thread < 0 ? 0 : frameAddress(thread));
  }

  private boolean run(int thread, Runnable step) {
    begin(thread);
    try {
      step.run();
    } catch (MemoryFault fault) {
      lastFault = String.valueOf(fault.getMessage());
      ram.store32(stop, Why.of(fault).ordinal());
    } catch (KernelOops oops) {
      lastFault = String.valueOf(oops.getMessage());
      int container = frame(thread, ModuleFrame.CONTAINER);
      clear(thread);
      set(thread, ModuleFrame.CONTAINER, container);
      jump(thread, Label.DEAD);
    }
    return true;
  }

  /** Notes whether blocks that were to be freed are still there. */
  private void note(List<Integer> blocks) {
    boolean isThere =
        blocks.stream().anyMatch(block -> ram.shadow().state(block) != ShadowState.FREED);
    if (isThere || view.kernel() != ModuleView.Kernel.WHOLE) {
      ram.store32(lost, 1);
    }
  }

  private ModuleCall call(int thread) {
    return ModuleCall.values()[frame(thread, ModuleFrame.CALL)];
  }

  private void lock(int thread) {
    ram.store32(mutex, thread + 1);
  }

  private void hold(int slot, int address) {
    ram.store32(held + 4 * slot, address);
  }

  private void jump(int thread, Label label) {
    set(thread, ModuleFrame.PC, label.ordinal());
  }

  private void set(int thread, Field field, int value) {
    ram.store32(field.in(frameAddress(thread)), value);
  }

  private void clear(int thread) {
    for (Field field : ModuleFrame.STRUCT.fields()) {
      set(thread, field, ModuleFrame.NONE);
    }
    jump(thread, Label.IDLE);
  }
}
