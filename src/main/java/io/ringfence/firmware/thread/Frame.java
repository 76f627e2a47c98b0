package io.ringfence.firmware.thread;

import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * The frame of a routine on a thread's stack. What it holds is written by the simulated compiler,
 * so past the memory checks; memory that others can reach, like a list head, is accessed through
 * the processor.
 */
public final class Frame {
  private static final int HEADER_FIELDS = 3;

  private static final Struct.Builder HEADER = header("frame");

  /** The function that runs. */
  static final Field FUNCTION = HEADER.build().field("function");

  /** The ordinal of the label of the next step. */
  static final Field PC = HEADER.build().field("pc");

  /** The frame of the caller, or 0. */
  static final Field CALLER = HEADER.build().field("caller");

  private final Kernel kernel;
  private final Ram ram;
  private final int thread;
  private final int address;

  Frame(Kernel kernel, int thread, int address) {
    this.kernel = kernel;
    this.ram = kernel.cpu().ram();
    this.thread = thread;
    this.address = address;
  }

  /** Starts the layout of a frame: arguments are to be added first, one word each. */
  public static Struct.Builder define(String function) {
    return header(function);
  }

  private static Struct.Builder header(String name) {
    Struct.Builder layout = Struct.define(name);
    layout.function("function");
    layout.u32("pc");
    layout.pointer("caller");
    return layout;
  }

  /** The n-th argument of a routine. */
  static Field argument(Struct frame, int index) {
    return frame.fields().get(HEADER_FIELDS + index);
  }

  /** The ordinal of the label that the routine is at. */
  public int pc() {
    return ram.load32(PC.in(address));
  }

  /** Reads an argument or a local, one word. */
  public int get(Field local) {
    return ram.load32(local.in(address));
  }

  /** Writes a local, one word. */
  public void set(Field local, int value) {
    ram.store32(local.in(address), value);
  }

  /** The address of a local. */
  public int in(Field local) {
    return local.in(address);
  }

  /** Goes on at a label. */
  public void go(Enum<?> label) {
    ram.store32(PC.in(address), label.ordinal());
  }

  /**
   * Calls a routine, and goes on at a label when it has returned; {@link #result} is what it
   * returned.
   */
  public void call(int function, Enum<?> next, int... arguments) {
    go(next);
    kernel.call(thread, function, arguments);
  }

  /** What the routine returned, or the kernel call that the thread waited in, that ended last. */
  public int result() {
    return ram.load32(KThread.RESULT.in(thread));
  }

  /** Returns to the caller. */
  public void ret(int value) {
    kernel.ret(thread, value);
  }
}
