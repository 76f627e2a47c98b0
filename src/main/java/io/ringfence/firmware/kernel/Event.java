package io.ringfence.firmware.kernel;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct k_event}, and what kernel mode does with one. */
public final class Event {
  private static final Struct.Builder LAYOUT = Struct.define("k_event");

  /** Who waits. */
  public static final Field WAIT_Q = LAYOUT.struct("wait_q", ListItem.STRUCT);

  /** The bits that were set. */
  public static final Field EVENTS = LAYOUT.u32("events");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private Event() {}

  /** {@code k_event_set}: replaces all bits. */
  public static void set(Cpu cpu, int event, int bits) {
    cpu.store(EVENTS, event, bits);
  }

  /** {@code k_event_wait_safe} by a thread that need not wait: takes the bits that it asks for. */
  public static int takeBits(Cpu cpu, int event, int bits) {
    int set = cpu.load(EVENTS, event);
    cpu.store(EVENTS, event, set & ~bits);
    return set & bits;
  }
}
