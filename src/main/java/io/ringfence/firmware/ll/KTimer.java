package io.ringfence.firmware.ll;

import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.thread.ObjectMisuse;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct k_timer}, as far as a periodic timer goes: Zephyr {@code kernel/timer.c}. Its
 * timeout is in the kernel's queue, or an interrupt has taken it out and not yet put it back.
 */
public final class KTimer {
  /** Not in the queue of timeouts. */
  public static final int STOPPED = 0;

  /** In the queue of timeouts. */
  public static final int RUNNING = 1;

  /** Taken out of the queue by an interrupt that is going to put it back. */
  public static final int EXPIRING = 2;

  private static final Struct.Builder LAYOUT = Struct.define("k_timer");

  /** Where its timeout is. */
  public static final Field STATE = LAYOUT.u32("state");

  /** What its owner stored in it. */
  public static final Field USER_DATA = LAYOUT.pointer("user_data");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private KTimer() {}

  /** {@code k_timer_init}: forgets that its timeout is in the queue, which damages the queue. */
  static void init(Cpu cpu, int timer) {
    if (cpu.load(STATE, timer) == RUNNING) {
      throw new ObjectMisuse(ObjectType.TIMER, "a timer is initialized that is running");
    }
    cpu.store(STATE, timer, STOPPED);
    cpu.store(USER_DATA, timer, 0);
  }

  /** {@code k_timer_start}. */
  static void start(Cpu cpu, int timer) {
    cpu.store(STATE, timer, RUNNING);
  }

  /** {@code k_timer_stop}: has no effect while the timer is expiring. */
  static void stop(Cpu cpu, int timer) {
    if (cpu.load(STATE, timer) == RUNNING) {
      cpu.store(STATE, timer, STOPPED);
    }
  }

  /** {@code sys_clock_announce} takes the timeout out of the queue. */
  static void expire(Cpu cpu, int timer) {
    cpu.store(STATE, timer, EXPIRING);
  }

  /**
   * {@code z_timer_expiration_handler} puts the timeout back.
   *
   * @return false if the timer was started again meanwhile: this expiry is no longer its business
   */
  static boolean rearm(Cpu cpu, int timer) {
    boolean restarted = cpu.load(STATE, timer) == RUNNING;
    cpu.store(STATE, timer, RUNNING);
    return !restarted;
  }
}
