package io.ringfence.firmware.trust;

import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * Where the kernel is in a routine, and what it works on: a frame, and a trace buffer of one entry
 * such as the kernel's tracing hooks fill. Both lie in RAM and are written by the simulated
 * processor and compiler, so past the memory checks.
 */
public final class KernelRun {
  /** The value of {@link #argument} and {@link #touched} when there is none. */
  public static final int NONE = -1;

  private static final Struct.Builder LAYOUT = Struct.define("kernel_run");
  private static final Field ROUTINE = LAYOUT.u32("routine");
  private static final Field STEP = LAYOUT.u32("step");
  private static final Field ARGUMENT = LAYOUT.pointer("argument");
  private static final Field PDATA = LAYOUT.pointer("pdata");
  private static final Field BY = LAYOUT.u32("by");
  private static final Field TOUCH = LAYOUT.u32("touch");
  private static final Field OBJECT = LAYOUT.pointer("object");
  private static final Field WHY = LAYOUT.u32("why");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final Ram ram;
  private final int at;
  private final int thread;
  private String lastFault = "";

  KernelRun(Cpu cpu, int at, int thread) {
    this.cpu = cpu;
    this.ram = cpu.ram();
    this.at = at;
    this.thread = thread;
    go(Routine.NONE, Step.IDLE);
    setPdata(NONE);
    clearTouch();
  }

  /** The routine that runs. */
  public Routine routine() {
    return Routine.at(get(ROUTINE));
  }

  /** Its next step. */
  public Step step() {
    return Step.at(get(STEP));
  }

  /** The address that the routine loaded a step ago, or {@link #NONE}. */
  public int argument() {
    return get(ARGUMENT);
  }

  /** The variable {@code pdata} of {@code zephyr_ll_task_free()}, or {@link #NONE}. */
  public int pdata() {
    return get(PDATA);
  }

  /** The routine that worked on the last object. */
  public Routine toucher() {
    return Routine.at(get(BY));
  }

  /** What was done to the last object. */
  public Touch touch() {
    return Touch.at(get(TOUCH));
  }

  /** The address of the last object, or {@link #NONE}. */
  public int touched() {
    return get(OBJECT);
  }

  /** Why the kernel stopped. */
  public Why why() {
    return Why.at(get(WHY));
  }

  /** What went wrong in the last step, in words; empty if nothing did. */
  public String lastFault() {
    return lastFault;
  }

  boolean canBegin() {
    return why() == Why.NOTHING && routine() == Routine.NONE;
  }

  boolean isAt(Routine routine, Step step) {
    return why() == Why.NOTHING && routine() == routine && step() == step;
  }

  void go(Routine routine, Step step) {
    set(ROUTINE, routine.ordinal());
    set(STEP, step.ordinal());
    set(ARGUMENT, NONE);
  }

  void idle() {
    go(Routine.NONE, Step.IDLE);
  }

  void keep(int argument) {
    set(ARGUMENT, argument);
  }

  void setPdata(int pdata) {
    set(PDATA, pdata);
  }

  /** Notes what the kernel is about to do, as a tracing hook at the entry of a function does. */
  void touch(Routine by, Touch touch, int object) {
    set(BY, by.ordinal());
    set(TOUCH, touch.ordinal());
    set(OBJECT, object);
  }

  void clearTouch() {
    lastFault = "";
    touch(Routine.NONE, Touch.NONE, NONE);
  }

  /** Takes a step of the kernel, unless it cannot be taken now. */
  boolean take(boolean possible, Runnable step) {
    if (!possible) {
      return false;
    }
    clearTouch();
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, thread);
    try {
      step.run();
    } catch (MemoryFault fault) {
      stop(Why.of(fault), fault);
    } catch (FirmwareStop stop) {
      stop(Why.of(stop), stop);
    } catch (EndlessLoop loop) {
      stop(Why.HANG, loop);
    }
    return true;
  }

  private void stop(Why why, RuntimeException cause) {
    idle();
    set(WHY, why.ordinal());
    lastFault = String.valueOf(cause.getMessage());
  }

  private int get(Field field) {
    return ram.load32(field.in(at));
  }

  private void set(Field field, int value) {
    ram.store32(field.in(at), value);
  }
}
