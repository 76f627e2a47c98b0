package io.ringfence.firmware.tasks;

import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;

/**
 * The threads that make calls about tasks: a frame each, the lock of the list, and what goes around
 * a step. All of it is in RAM, so that a thread can stop between any two steps.
 */
public final class TaskThreads {
  private final TaskMachine board;
  private final Cpu cpu;
  private final Ram ram;
  private final int frames;
  private final int mutex;
  private final int stop;
  private String lastFault = "";

  TaskThreads(TaskMachine board, int count) {
    this.board = board;
    this.cpu = board.cpu;
    this.ram = cpu.ram();
    this.frames = board.machine.allocateStatic(TaskFrame.STRUCT.size() * count);
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
    return frames + thread * TaskFrame.STRUCT.size();
  }

  /** The next step of a thread. */
  public Label label(int thread) {
    return Label.values()[frame(thread, TaskFrame.PC)];
  }

  /** The thread that holds the lock of the list, or {@link TaskFrame#NONE}. */
  public int mutexHolder() {
    return ram.load32(mutex) - 1;
  }

  /** Why the kernel stopped. */
  public Why stopped() {
    return Why.at(ram.load32(stop));
  }

  /** The fault of the last step, or why a verifier refused it; empty if neither. */
  public String lastFault() {
    return lastFault;
  }

  // What goes around a step.

  /** Whether a thread may make its next step, and that is this one. */
  boolean at(int thread, Label label) {
    return stopped() == Why.NOTHING && label(thread) == label;
  }

  /** Lets a thread run, in the kernel. */
  void begin(int thread) {
    lastFault = "";
    cpu.enter(Mode.KERNEL, board.domain, 0, frameAddress(thread));
  }

  /** Lets the attacker run, who is no thread with a frame. */
  void enterUserSpace() {
    lastFault = "";
    cpu.enter(Mode.USER, board.domain, 0, 0);
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
      clear(thread);
      jump(thread, Label.DEAD);
    }
    return true;
  }

  /** The call that a thread is in. */
  TaskCall call(int thread) {
    return TaskCall.values()[frame(thread, TaskFrame.CALL)];
  }

  /** Lets a thread take the lock of the list. */
  void lock(int thread) {
    ram.store32(mutex, thread + 1);
  }

  /** Releases the lock if the thread has it, and returns from the call. */
  void leave(int thread) {
    if (mutexHolder() == thread) {
      ram.store32(mutex, 0);
    }
    clear(thread);
  }

  boolean jump(int thread, Label label) {
    set(thread, TaskFrame.PC, label.ordinal());
    return true;
  }

  void set(int thread, Field field, int value) {
    ram.store32(field.in(frameAddress(thread)), value);
  }

  /** Empties the frame: the thread is in no call. */
  void clear(int thread) {
    for (Field field : TaskFrame.STRUCT.fields()) {
      set(thread, field, TaskFrame.NONE);
    }
    jump(thread, Label.IDLE);
  }
}
