package io.ringfence.firmware.ll;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct zephyr_domain}: the timer domain, with an element for each core behind it. */
public final class ZephyrDomain {
  private static final Struct.Builder LAYOUT = Struct.define("zephyr_domain");

  /** The timer. */
  public static final Field TIMER = LAYOUT.pointer("timer");

  /** The {@link LlScheduleDomain}. */
  public static final Field LL_DOMAIN = LAYOUT.pointer("ll_domain");

  /** User build with the repair {@code R-131}: a spin lock, the thread that has it or 0. */
  static final Field CALLBACK_LOCK = LAYOUT.pointer("callback_lock");

  /** The timer of the kernel build. */
  public static final Field TIMER_OBJ = LAYOUT.struct("timer_obj", KTimer.STRUCT);

  private static final Struct HEAD = LAYOUT.build();

  private ZephyrDomain() {}

  /** Size of the structure, in bytes. */
  static int bytes(Struct domainThread, int cores) {
    return HEAD.size() + cores * domainThread.size();
  }

  /** {@code domain_thread + core}. */
  static int thread(int domain, Struct domainThread, int core) {
    return domain + HEAD.size() + core * domainThread.size();
  }
}
