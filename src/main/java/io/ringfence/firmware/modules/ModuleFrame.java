package io.ringfence.firmware.modules;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * A thread's frame in RAM: where it is in a memory call, and the locals of that call. Written by
 * the simulated compiler, so past the memory checks.
 */
public final class ModuleFrame {
  private static final Struct.Builder LAYOUT = Struct.define("module_frame");

  /** Program counter: a {@link Label}, by ordinal. */
  public static final Field PC = LAYOUT.u32("pc");

  /** The {@link ModuleCall} in progress, by ordinal. */
  public static final Field CALL = LAYOUT.s32("call");

  /** Which of the module's pointers the call is about. */
  public static final Field SLOT = LAYOUT.s32("slot");

  /** How many bytes were asked for. */
  public static final Field BYTES = LAYOUT.s32("bytes");

  /** The constant data to be copied. */
  public static final Field SOURCE = LAYOUT.s32("dram_ptr");

  /** The verifier's {@code h_start}. */
  public static final Field H_START = LAYOUT.s32("h_start");

  /** The verifier's {@code h_size}. */
  public static final Field H_SIZE = LAYOUT.s32("h_size");

  /** The heap that memory was taken from. */
  public static final Field HEAP = LAYOUT.s32("heap");

  /** The region that memory was taken from. */
  public static final Field VREG = LAYOUT.s32("vreg");

  /** The container that the call has taken. */
  public static final Field CONTAINER = LAYOUT.s32("container");

  /** The block. */
  public static final Field PTR = LAYOUT.s32("ptr");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  /** The next step of a thread. */
  public enum Label {
    /** No call in progress. */
    IDLE,
    /** The verifier is next. */
    VERIFY,
    /** Take the mutex, and a container. */
    CONTAINER,
    /** Take memory from the context. */
    TAKE,
    /** Fill the container, release the mutex, return. */
    RECORD,
    /** Free. */
    RELEASE,
    /** {@code mod_resource_init} after the mutex was released. */
    RESET,
    /** The thread was killed. */
    DEAD
  }

  private ModuleFrame() {}
}
