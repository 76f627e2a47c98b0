package io.ringfence.firmware.modules;

import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;

/**
 * The threads of a module: a frame each, the mutex of the module's resources, and what goes around
 * a step. All of it is in RAM, so that a thread can stop between any two steps.
 */
public final class ModuleThreads {
  private final ModuleMachine board;
  private final Cpu cpu;
  private final Ram ram;
  private final int count;
  private final int frames;
  private final int mutex;
  private final int stop;
  private String lastFault = "";

  ModuleThreads(ModuleMachine board, int count) {
    this.board = board;
    this.cpu = board.cpu;
    this.ram = board.ram();
    this.count = count;
    this.frames = board.machine.allocateStatic(ModuleFrame.STRUCT.size() * count);
    this.mutex = board.machine.allocateStatic(4);
    this.stop = board.machine.allocateStatic(4);
    for (int thread = 0; thread < count; thread++) {
      clear(thread);
    }
  }

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

  /** The thread that holds the mutex, or {@link ModuleFrame#NONE}. */
  public int mutexHolder() {
    return ram.load32(mutex) - 1;
  }

  /** Why the kernel stopped. */
  public Why stopped() {
    return Why.at(ram.load32(stop));
  }

  /** The fault, or the error that was logged, of the last step; empty if neither. */
  public String lastFault() {
    return lastFault.isEmpty() ? board.lastError() : lastFault;
  }

  // What goes around a step.

  /** Whether a thread may make its next step, and that is this one. */
  boolean at(int thread, Label label) {
    return stopped() == Why.NOTHING && label(thread) == label;
  }

  /** Whether no call in progress is about a pointer. */
  boolean isUnused(int slot) {
    for (int thread = 0; thread < count; thread++) {
      if (frame(thread, ModuleFrame.SLOT) == slot) {
        return false;
      }
    }
    return true;
  }

  /** Whether a thread is in this call. */
  boolean isRunning(ModuleCall call) {
    for (int thread = 0; thread < count; thread++) {
      if (frame(thread, ModuleFrame.CALL) == call.ordinal()) {
        return true;
      }
    }
    return false;
  }

  /** Lets a thread, or for {@link ModuleFrame#NONE} the attacker, be the one that runs. */
  void begin(int thread) {
    lastFault = "";
    board.clearError();
    cpu.enter(Mode.KERNEL, board.domain, 0, thread < 0 ? 0 : frameAddress(thread));
  }

  /** Makes a step; a fault stops the kernel, and a verifier that refuses kills the thread. */
  boolean run(int thread, Runnable step) {
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

  /** The call that a thread is in. */
  ModuleCall call(int thread) {
    return ModuleCall.values()[frame(thread, ModuleFrame.CALL)];
  }

  /** Lets a thread take the mutex. */
  void lock(int thread) {
    ram.store32(mutex, thread + 1);
  }

  /** Releases the mutex, and returns from the call. */
  void leave(int thread) {
    ram.store32(mutex, 0);
    clear(thread);
  }

  void jump(int thread, Label label) {
    set(thread, ModuleFrame.PC, label.ordinal());
  }

  void set(int thread, Field field, int value) {
    ram.store32(field.in(frameAddress(thread)), value);
  }

  /** Empties the frame: the thread is in no call. */
  void clear(int thread) {
    for (Field field : ModuleFrame.STRUCT.fields()) {
      set(thread, field, ModuleFrame.NONE);
    }
    jump(thread, Label.IDLE);
  }
}
