package io.ringfence.firmware.kernel;

import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * A thread's record in RAM: its state, and the frame of the call in progress with program counter,
 * arguments and locals. Written by the simulated hardware and compiler, so past the memory checks.
 */
public final class Threads {
  private static final Struct.Builder LAYOUT = Struct.define("thread");

  /** What {@link #NONE} is in a field that has no other unused value. */
  public static final int NONE = -1;

  /** Program counter: the ordinal of a {@link Label}. */
  public static final Field PC = LAYOUT.u32("pc");

  /** Argument {@code type}, or {@link #NONE}. */
  public static final Field TYPE = LAYOUT.s32("type");

  /** Argument {@code core}, or the index of the slot in use; or {@link #NONE}. */
  public static final Field CORE = LAYOUT.s32("core");

  /** Argument {@code task}, or 0. */
  public static final Field TASK = LAYOUT.pointer("task");

  /** Argument {@code ops}, or 0. */
  public static final Field OPS = LAYOUT.pointer("ops");

  /** Argument {@code priority}. */
  public static final Field PRIORITY = LAYOUT.s32("priority");

  /** Argument {@code run}, or 0. */
  public static final Field RUN = LAYOUT.function("run");

  /** Argument {@code data}, or 0. */
  public static final Field DATA = LAYOUT.pointer("data");

  /** Local {@code heap}: a {@code k_heap}, 0 for the default, or {@link #NONE}. */
  public static final Field HEAP = LAYOUT.s32("heap");

  /** Flags of the next allocation, or {@link #NONE}. */
  public static final Field FLAG = LAYOUT.s32("flag");

  /** Local {@code struct schedule_data *sch}. */
  public static final Field NODE = LAYOUT.pointer("sch");

  /** Local {@code struct schedulers *}. */
  public static final Field LIST = LAYOUT.pointer("schedulers");

  /** Why the thread died: the ordinal of a {@link Why}. */
  public static final Field WHY = LAYOUT.u32("why");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  private Threads() {}

  /** Leaves the thread with no call in progress. */
  public static void clear(Ram ram, int thread) {
    set(ram, thread, PC, Label.IDLE.ordinal());
    set(ram, thread, TYPE, NONE);
    set(ram, thread, CORE, NONE);
    set(ram, thread, TASK, 0);
    set(ram, thread, OPS, 0);
    set(ram, thread, PRIORITY, 0);
    set(ram, thread, RUN, 0);
    set(ram, thread, DATA, 0);
    set(ram, thread, HEAP, NONE);
    set(ram, thread, FLAG, NONE);
    set(ram, thread, NODE, 0);
    set(ram, thread, LIST, 0);
    set(ram, thread, WHY, Why.NOTHING.ordinal());
  }

  /** Reads a field of a thread's record. */
  public static int get(Ram ram, int thread, Field field) {
    return ram.load32(thread + field.offset());
  }

  /** Writes a field of a thread's record. */
  public static void set(Ram ram, int thread, Field field, int value) {
    ram.store32(thread + field.offset(), value);
  }

  /** The label of the thread's next step. */
  public static Label label(Ram ram, int thread) {
    return Label.at(get(ram, thread, PC));
  }

  /** Lets the thread continue at a label. */
  public static void jump(Ram ram, int thread, Label label) {
    set(ram, thread, PC, label.ordinal());
  }
}
