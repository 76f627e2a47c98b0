package io.ringfence.firmware.ll;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct ll_schedule_domain} of SOF {@code src/include/sof/schedule/ll_schedule_domain.h} at
 * 12dd726529, without the members that Zephyr's LL scheduler does not use.
 */
public final class LlScheduleDomain {
  private static final Struct.Builder LAYOUT = Struct.define("ll_schedule_domain");

  /** Kernel build: the spin lock, the thread that has it or 0. User build: the mutex's handle. */
  public static final Field LOCK = LAYOUT.pointer("lock");

  /** How many tasks are registered on all cores. */
  public static final Field TOTAL_NUM_TASKS = LAYOUT.s32("total_num_tasks");

  /** The type of scheduler that it drives. */
  public static final Field TYPE = LAYOUT.s32("type");

  /** The {@link ZephyrDomain}. */
  public static final Field PRIV_DATA = LAYOUT.pointer("priv_data");

  /** The {@link DomainOps}. */
  public static final Field OPS = LAYOUT.pointer("ops");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private LlScheduleDomain() {}
}
