package io.ringfence.firmware.kernel;

import io.ringfence.firmware.KernelOops;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.List;

/**
 * Threads that can stop between any two steps of a call: a frame each, the one lock that they
 * share, and what goes around a step. All of it is in RAM, written by the simulated compiler and
 * hardware, so past the memory checks.
 *
 * @param <L> where a thread can be: the label of its next step, by ordinal in its frame
 */
public abstract class StepThreads<L extends Enum<L>> {
  /** What is in a field of a frame that holds nothing, and the number of no thread. */
  public static final int NONE = -1;

  private final Cpu cpu;
  private final Ram ram;
  private final int domain;
  private final Layout<L> layout;
  private final int count;
  private final int frames;
  private final int mutex;
  private final int stop;
  private String lastFault = "";

  /**
   * What a frame is like.
   *
   * @param frame all fields
   * @param pc the one that holds the label
   * @param labels all labels, in their order
   * @param idle the label of a thread that is in no call
   * @param dead the label of a thread that was killed
   */
  public record Layout<L extends Enum<L>>(Struct frame, Field pc, List<L> labels, L idle, L dead) {}

  /**
   * Makes threads that are in no call.
   *
   * @param domain the memory domain that they are in
   */
  protected StepThreads(SmallMachine machine, int domain, Layout<L> layout, int count) {
    this.cpu = machine.cpu();
    this.ram = machine.ram();
    this.domain = domain;
    this.layout = layout;
    this.count = count;
    this.frames = machine.allocateStatic(layout.frame().size() * count);
    this.mutex = machine.allocateStatic(4);
    this.stop = machine.allocateStatic(4);
    for (int thread = 0; thread < count; thread++) {
      clear(thread);
    }
  }

  // What there is to see.

  /** A field of a thread's frame. */
  public final int frame(int thread, Field field) {
    return ram.load32(field.in(frameAddress(thread)));
  }

  /** The address of a thread's frame. */
  public final int frameAddress(int thread) {
    return frames + thread * layout.frame().size();
  }

  /** The next step of a thread. */
  public final L label(int thread) {
    return layout.labels().get(frame(thread, layout.pc()));
  }

  /** Whether a thread is in no call. */
  public final boolean isIdle(int thread) {
    return label(thread) == layout.idle();
  }

  /** Whether a thread was killed. */
  public final boolean isDead(int thread) {
    return label(thread) == layout.dead();
  }

  /** The thread that holds the lock, or {@link #NONE}. */
  public final int mutexHolder() {
    return ram.load32(mutex) - 1;
  }

  /** The thread that the processor runs, or {@link #NONE}. */
  public final int current() {
    for (int thread = 0; thread < count; thread++) {
      if (cpu.thread() == frameAddress(thread)) {
        return thread;
      }
    }
    return NONE;
  }

  /** Why the kernel stopped. */
  public final Why stopped() {
    return Why.at(ram.load32(stop));
  }

  /** The fault of the last step, or why a verifier refused it; empty if neither. */
  public String lastFault() {
    return lastFault;
  }

  /** Whether a field of some thread's frame has a value. */
  public final boolean isAnywhere(Field field, int value) {
    for (int thread = 0; thread < count; thread++) {
      if (frame(thread, field) == value) {
        return true;
      }
    }
    return false;
  }

  // What goes around a step.

  /** Whether a thread may make its next step, and that is this one. */
  public final boolean at(int thread, L label) {
    return stopped() == Why.NOTHING && label(thread) == label;
  }

  /** Lets a thread run, in the kernel; or for {@link #NONE} the kernel for nobody. */
  public void begin(int thread) {
    lastFault = "";
    cpu.enter(Mode.KERNEL, domain, 0, thread < 0 ? 0 : frameAddress(thread));
  }

  /** Lets an attacker run in user mode, who is no thread with a frame. */
  public final void enterUserSpace() {
    lastFault = "";
    cpu.enter(Mode.USER, domain, 0, 0);
  }

  /** Makes a step; a fault stops the kernel, and a verifier that refuses kills the thread. */
  public final boolean run(int thread, Runnable step) {
    begin(thread);
    try {
      step.run();
    } catch (MemoryFault fault) {
      lastFault = String.valueOf(fault.getMessage());
      halt(Why.of(fault));
    } catch (KernelOops oops) {
      lastFault = String.valueOf(oops.getMessage());
      kill(thread);
    }
    return true;
  }

  /** Ends a thread; its frame is empty then. */
  protected void kill(int thread) {
    clear(thread);
    jump(thread, layout.dead());
  }

  /** Stops the kernel: no thread makes a step any more. */
  protected final void halt(Why why) {
    ram.store32(stop, why.ordinal());
  }

  /** Lets a thread take the lock. */
  public final void lock(int thread) {
    ram.store32(mutex, thread + 1);
  }

  /** Releases the lock if the thread has it, and returns from the call. */
  public final void leave(int thread) {
    if (mutexHolder() == thread) {
      ram.store32(mutex, 0);
    }
    clear(thread);
  }

  /** Says which step is next. */
  public final void jump(int thread, L label) {
    set(thread, layout.pc(), label.ordinal());
  }

  /** Sets a field of a thread's frame. */
  public final void set(int thread, Field field, int value) {
    ram.store32(field.in(frameAddress(thread)), value);
  }

  /** Empties the frame: the thread is in no call. */
  public final void clear(int thread) {
    for (Field field : layout.frame().fields()) {
      set(thread, field, NONE);
    }
    jump(thread, layout.idle());
  }
}
