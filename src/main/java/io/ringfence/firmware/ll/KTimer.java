package io.ringfence.firmware.ll;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct k_timer}, as far as a periodic timer goes. */
public final class KTimer {
  private static final Struct.Builder LAYOUT = Struct.define("k_timer");

  /** Whether it fires. */
  public static final Field RUNNING = LAYOUT.u32("running");

  /** What its owner stored in it. */
  public static final Field USER_DATA = LAYOUT.pointer("user_data");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private KTimer() {}

  /** {@code k_timer_init}. */
  static void init(Cpu cpu, int timer) {
    cpu.store(RUNNING, timer, 0);
    cpu.store(USER_DATA, timer, 0);
  }
}
