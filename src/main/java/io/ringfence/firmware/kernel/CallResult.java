package io.ringfence.firmware.kernel;

import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * What the last step returned to its caller, in RAM: a trace buffer of one entry. Cleared before
 * each step.
 */
public final class CallResult {
  private static final Struct.Builder LAYOUT = Struct.define("call_result");

  /** The thread whose call returned, or 0. */
  public static final Field THREAD = LAYOUT.pointer("thread");

  /** The return value: an errno result, or a pointer if {@link #TYPE} is set. */
  public static final Field RET = LAYOUT.s32("ret");

  /** The task of {@code schedule_task_init} or of an operation, or 0. */
  public static final Field TASK = LAYOUT.pointer("task");

  /** The type that was looked up, or {@link Threads#NONE}. */
  public static final Field TYPE = LAYOUT.s32("type");

  /** The {@code schedule_data} that an operation went through, or 0. */
  public static final Field VIA = LAYOUT.pointer("via");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  private CallResult() {}

  /** Says that nothing returned. */
  public static void clear(Ram ram, int result) {
    write(ram, result, 0, 0, 0, Threads.NONE, 0);
  }

  /** Says that a call returned, and with it what a debugger wants to know. */
  public static void write(Ram ram, int result, int thread, int ret, int task, int type, int via) {
    ram.store32(result + THREAD.offset(), thread);
    ram.store32(result + RET.offset(), ret);
    ram.store32(result + TASK.offset(), task);
    ram.store32(result + TYPE.offset(), type);
    ram.store32(result + VIA.offset(), via);
  }
}
