package io.ringfence.firmware.isolation;

import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * What the last call did: a trace buffer of one entry in RAM, which the firmware does not read.
 * Which heap a call reached is known from the lock that it took.
 */
public final class CallTrace implements HeapPlatform {
  /** What was called. */
  public enum Op {
    /** Nothing yet. */
    NONE,
    /** An allocation. */
    ALLOC,
    /** A free. */
    FREE,
    /** {@code module_driver_heap_init}. */
    INIT,
    /** {@code module_driver_heap_remove}. */
    REMOVE,
    /** A thread touched its block. */
    TOUCH,
    /** A thread wrote the pointer to the user heap. */
    WRITE
  }

  /** How it ended. */
  public enum Result {
    /** There is nothing to tell. */
    NONE,
    /** A block was allocated. */
    ALLOCATED,
    /** No block was allocated. */
    NULL,
    /** Freed, or nothing to free. */
    FREED,
    /** Not freed, which was logged. */
    REFUSED,
    /** The thread reached its memory. */
    TOUCHED,
    /** A verifier killed the calling thread. */
    OOPS,
    /** The thread made an access that it may not make, and was killed. */
    FAULT,
    /** The kernel called {@code k_panic}. */
    PANIC,
    /** The kernel made an access that faulted. */
    CRASH
  }

  private static final Struct.Builder LAYOUT = Struct.define("call_trace");

  /** Who called: a number that the caller chose. */
  public static final Field BY = LAYOUT.s32("by");

  /** Ordinal of an {@link Op}. */
  public static final Field OP = LAYOUT.u32("op");

  /** The heap that the caller meant: ordinal of a {@link HeapArgument}. */
  public static final Field ARG = LAYOUT.u32("arg");

  /** The {@code k_heap} that was given to the call, or of what has none its ordinal as above. */
  public static final Field HANDLE = LAYOUT.u32("handle");

  /** The address that was given to a free. */
  public static final Field ADDRESS = LAYOUT.pointer("addr");

  /** Address of the last lock that the call took, 0 for none. */
  public static final Field LOCK = LAYOUT.pointer("lock");

  /** The flags that an allocation was asked for with. */
  public static final Field FLAGS = LAYOUT.u32("flags");

  /** Ordinal of a {@link Result}. */
  public static final Field RESULT = LAYOUT.u32("result");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  private final Ram ram;
  private final int trace;
  private final CallProbe probe = new CallProbe();
  private String error = "";

  CallTrace(Ram ram, int trace) {
    this.ram = ram;
    this.trace = trace;
  }

  /**
   * Begins a call.
   *
   * @param function in C; empty if it is an access to memory only
   */
  void begin(int by, Op op, String function) {
    probe.called(by, function);
    error = "";
    clear();
    set(BY, by);
    set(OP, op.ordinal());
  }

  /** Forgets the last call. */
  void clear() {
    ram.fill(trace, STRUCT.size(), 0);
  }

  void set(Field field, int value) {
    ram.store32(trace + field.offset(), value);
  }

  void end(Result result) {
    set(RESULT, result.ordinal());
  }

  /** Who called last. */
  public CallProbe probe() {
    return probe;
  }

  /** Reads a field of the record. */
  public int get(Field field) {
    return ram.load32(trace + field.offset());
  }

  /** What was called. */
  public Op op() {
    return Op.values()[get(OP)];
  }

  /** How it ended. */
  public Result result() {
    return Result.values()[get(RESULT)];
  }

  /** Whether the kernel has stopped. */
  public boolean isHalted() {
    return result() == Result.PANIC || result() == Result.CRASH;
  }

  /** What was logged or went wrong in the last call, empty if nothing. */
  public String lastError() {
    return error;
  }

  @Override
  public void error(String message) {
    error = error.isEmpty() ? message : error + "; " + message;
  }

  @Override
  public void lockSpin(int lock) {
    set(LOCK, lock);
  }

  @Override
  public void lockMutex(int mutex) {
    set(LOCK, mutex);
  }
}
