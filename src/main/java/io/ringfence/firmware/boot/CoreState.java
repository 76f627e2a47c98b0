package io.ringfence.firmware.boot;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** What is known of a core: its power state, and how far its start-up got. */
public final class CoreState {
  private static final Struct.Builder LAYOUT = Struct.define("core_state");

  /** A {@link Power}. */
  public static final Field POWER = LAYOUT.u32("power");

  /** Index of the next scheduler to register; the number of schedulers if none is left. */
  public static final Field CURSOR = LAYOUT.u32("cursor");

  /** The core's IDC structure: non-zero once the core has been up; {@code check_restore} asks. */
  public static final Field IDC = LAYOUT.u32("idc");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  /** Power states of a core. */
  public enum Power {
    /** Never started. */
    COLD,
    /** Registering its schedulers. */
    BOOTING,
    /** Running. */
    UP,
    /** Without power, its memory retained. */
    OFF;

    private static final Power[] VALUES = values();

    /** Reads a power state back from RAM. */
    public static Power at(int ordinal) {
      return VALUES[ordinal];
    }
  }

  private CoreState() {}
}
