package io.ringfence.firmware.heap;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** Zephyr's {@code struct k_heap}: a chunk heap, its wait queue and its spinlock. */
public final class KHeap {
  private static final Struct.Builder LAYOUT = Struct.define("k_heap");

  static {
    LAYOUT.struct("heap", SysHeap.STRUCT);
  }

  /** A doubly linked list, of which this is the head. */
  static final Field WAIT_QUEUE = LAYOUT.words("wait_q", 2);

  /** The spinlock. */
  public static final Field LOCK = LAYOUT.u32("lock");

  /** The layout. */
  public static final Struct STRUCT = LAYOUT.build();

  private KHeap() {}
}
