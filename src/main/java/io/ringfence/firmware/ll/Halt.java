package io.ringfence.firmware.ll;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** Why and where the firmware stopped, as the fatal error handler leaves it for a debugger. */
public final class Halt {
  private static final Struct.Builder LAYOUT = Struct.define("halt");

  /** The ordinal of a {@link io.ringfence.firmware.kernel.Why}. */
  public static final Field WHY = LAYOUT.u32("why");

  /** The thread that went wrong. */
  public static final Field THREAD = LAYOUT.pointer("thread");

  /** The type of a kernel object that was misused. */
  public static final Field OBJECT = LAYOUT.u32("object");

  /** The whole record. */
  public static final Struct STRUCT = LAYOUT.build();

  private Halt() {}
}
