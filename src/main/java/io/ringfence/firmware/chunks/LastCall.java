package io.ringfence.firmware.chunks;

import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/** What the last step did, in RAM: a trace buffer of one entry. */
public final class LastCall {
  /** The kinds of steps. */
  public enum Call {
    /** There was none yet. */
    NONE,
    /** {@code sof_heap_alloc}. */
    ALLOC,
    /** {@code sof_heap_free}. */
    FREE,
    /** A store by a hostile thread. */
    WRITE
  }

  /** How the argument fits what the allocator asks of its callers. */
  public enum Argument {
    /** There is no such argument. */
    NONE,
    /** As it should be. */
    VALID,
    /** An alignment that is no power of two. */
    ALIGN,
    /** A pointer into a live block. */
    INSIDE,
    /** A pointer to no live block. */
    STRAY
  }

  private static final Struct.Builder LAYOUT = Struct.define("last_call");
  private static final Field CALL = LAYOUT.u8("call");
  private static final Field ARGUMENT = LAYOUT.u8("argument");
  private static final Field WHY = LAYOUT.u8("why");
  private static final Field NULL = LAYOUT.bool("null");
  private static final Field ALIGN = LAYOUT.u32("align");
  private static final Field ADDRESS = LAYOUT.pointer("address");
  static final Struct STRUCT = LAYOUT.build();

  private LastCall() {}

  /** Notes what a call is given: the alignment of an allocation, the address of a free. */
  static void begin(Ram ram, int at, int align, int address) {
    ram.store32(ALIGN.in(at), align);
    ram.store32(ADDRESS.in(at), address);
  }

  static void write(Ram ram, int at, Call call, Argument argument, Why why, boolean isNull) {
    ram.store8(CALL.in(at), call.ordinal());
    ram.store8(ARGUMENT.in(at), argument.ordinal());
    ram.store8(WHY.in(at), why.ordinal());
    ram.store8(NULL.in(at), isNull ? 1 : 0);
  }

  static Call call(Ram ram, int at) {
    return Call.values()[ram.load8(CALL.in(at))];
  }

  static Argument argument(Ram ram, int at) {
    return Argument.values()[ram.load8(ARGUMENT.in(at))];
  }

  static Why why(Ram ram, int at) {
    return Why.at(ram.load8(WHY.in(at)));
  }

  static boolean isNull(Ram ram, int at) {
    return ram.load8(NULL.in(at)) != 0;
  }

  static int align(Ram ram, int at) {
    return ram.load32(ALIGN.in(at));
  }

  static int address(Ram ram, int at) {
    return ram.load32(ADDRESS.in(at));
  }
}
