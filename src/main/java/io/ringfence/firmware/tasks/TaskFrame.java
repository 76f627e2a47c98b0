package io.ringfence.firmware.tasks;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * A thread's frame in RAM: where it is in a system call, and the locals of that call. Written by
 * the simulated compiler, so past the memory checks.
 */
public final class TaskFrame {
  private static final Struct.Builder LAYOUT = Struct.define("task_frame");

  /** Program counter: a {@link Label}, by ordinal. */
  public static final Field PC = LAYOUT.u32("pc");

  /** The {@link TaskCall} in progress, by ordinal. */
  public static final Field CALL = LAYOUT.s32("call");

  /** Argument {@code task}: which one. */
  public static final Field TASK = LAYOUT.s32("task");

  /** Argument {@code core}, or the index that was used. */
  public static final Field CORE = LAYOUT.s32("core");

  /** The pointer that the verifier looked at. */
  public static final Field SEEN = LAYOUT.s32("seen");

  /** The pointer that the call went on with. */
  public static final Field USED = LAYOUT.s32("used");

  /** Local {@code ts}: the record. */
  public static final Field RECORD = LAYOUT.s32("ts");

  /** The node after which the record is linked. */
  public static final Field TAIL = LAYOUT.s32("tail");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  /** The next step of a thread. */
  public enum Label {
    /** No call in progress. */
    IDLE,
    /** The verifier is next. */
    VERIFY,
    /** Make a record and a semaphore. */
    MAKE,
    /** Link the record. */
    LINK,
    /** Look for a record. */
    FIND,
    /** Unlink the record and free it. */
    UNLINK,
    /** End a thread. */
    DISPOSE,
    /** Wait for the start of a DP thread. */
    SYNC,
    /** Send a message to another core. */
    SEND,
    /** Take the lock of a core. */
    LOCK,
    /** Release it. */
    UNLOCK,
    /** Return to the caller. */
    RETURN,
    /** The thread was killed. */
    DEAD
  }

  private TaskFrame() {}
}
