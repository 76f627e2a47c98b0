package io.ringfence.firmware.modules;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.AllocContext;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of the memory calls of a module, between any two of which other threads may run, and
 * the pointers that the calls have returned. A step that cannot be made now is not made, and false.
 */
public final class ModuleSteps {
  private static final Struct.Builder LAYOUT = Struct.define("held");
  private static final Field POINTER = LAYOUT.pointer("pointer");
  private static final Field FROM = LAYOUT.u32("from");
  private static final Struct SLOT = LAYOUT.build();

  private final Design design;
  private final ModuleMachine board;
  private final ModuleMemory memory;
  private final ModuleThreads threads;
  private final ModuleView view;
  private final Ram ram;
  private final int slotCount;
  private final int slots;
  private final int lost;

  ModuleSteps(
      Design design, ModuleMachine board, ModuleThreads threads, ModuleView view, int slotCount) {
    this.design = design;
    this.board = board;
    this.memory = board.memory;
    this.threads = threads;
    this.view = view;
    this.ram = board.ram();
    this.slotCount = slotCount;
    this.slots = board.machine.allocateStatic(SLOT.size() * slotCount);
    this.lost = board.machine.allocateStatic(4);
  }

  int held(int slot) {
    return ram.load32(POINTER.in(slots + SLOT.size() * slot));
  }

  boolean hasLost() {
    return ram.load32(lost) != 0;
  }

  /** Whether a call is verified only after it has changed something. */
  boolean isLate(ModuleCall call) {
    return design.has(Defect.VERIFY_LATE) && call.allocates();
  }

  /** The verifier. */
  public boolean verify(int thread) {
    return threads.at(thread, Label.VERIFY)
        && threads.run(
            thread,
            () -> {
              ModuleCall call = threads.call(thread);
              ModuleMemory.Range range =
                  call == ModuleCall.MOD_FAST_GET
                      ? memory.verifyFastGet(
                          board.module,
                          threads.frame(thread, ModuleFrame.SOURCE),
                          threads.frame(thread, ModuleFrame.BYTES))
                      : memory.verify(board.module);
              threads.set(thread, ModuleFrame.H_START, range.start());
              threads.set(thread, ModuleFrame.H_SIZE, range.bytes());
              threads.jump(
                  thread,
                  !call.acquires() ? Label.RELEASE : isLate(call) ? Label.TAKE : Label.CONTAINER);
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
              ModuleCall call = threads.call(thread);
              int bytes = threads.frame(thread, ModuleFrame.BYTES);
              int address = 0;
              if (!call.usesContext()) {
                address = memory.takeHandler(board.module);
              } else if (bytes != 0 || !call.allocates()) {
                AllocContext context = memory.contextFor(call, board.module);
                int source = threads.frame(thread, ModuleFrame.SOURCE);
                address = memory.take(call, context, bytes, source);
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
              hold(threads.frame(thread, ModuleFrame.SLOT), address, threads.call(thread));
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
              boolean isBlock = isBlock(slot);
              memory.free(board.module, address);
              drop(slot);
              // A copy may have other users, and the handler of a blob is not the module's.
              note(isBlock ? List.of(address) : List.of());
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
              List<Integer> pointers = view.blocks();
              List<Integer> blocks = new ArrayList<>(pointers);
              for (int slot = 0; slot < slotCount; slot++) {
                if (!isBlock(slot)) {
                  blocks.remove((Integer) held(slot));
                }
              }
              blocks.addAll(view.sets());
              memory.freeAll(board.module);
              for (int slot = 0; slot < slotCount; slot++) {
                if (pointers.contains(held(slot))) {
                  drop(slot);
                }
              }
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

  /** Notes whether blocks that were to be freed are still there. */
  private void note(List<Integer> blocks) {
    boolean isThere =
        blocks.stream().anyMatch(block -> ram.shadow().state(block) != ShadowState.FREED);
    if (isThere || view.kernel().isDamaged()) {
      ram.store32(lost, 1);
    }
  }

  private void hold(int slot, int address, ModuleCall call) {
    ram.store32(POINTER.in(slots + SLOT.size() * slot), address);
    ram.store32(FROM.in(slots + SLOT.size() * slot), call.ordinal());
  }

  private void drop(int slot) {
    ram.fill(slots + SLOT.size() * slot, SLOT.size(), 0);
  }

  private boolean isBlock(int slot) {
    return origin(slot).allocates();
  }

  /** The call that returned what the module keeps. */
  ModuleCall origin(int slot) {
    return ModuleCall.values()[ram.load32(FROM.in(slots + SLOT.size() * slot))];
  }
}
