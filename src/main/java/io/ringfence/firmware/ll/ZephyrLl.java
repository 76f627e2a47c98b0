package io.ringfence.firmware.ll;

import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct zephyr_ll}: one LL scheduler. */
public final class ZephyrLl {
  private static final Struct.Builder LAYOUT = Struct.define("zephyr_ll");

  /** Head of the list of tasks. */
  public static final Field TASKS = LAYOUT.struct("tasks", ListItem.STRUCT);

  /** How many tasks are counted. */
  public static final Field N_TASKS = LAYOUT.u32("n_tasks");

  /** The {@link LlScheduleDomain}. */
  public static final Field LL_DOMAIN = LAYOUT.pointer("ll_domain");

  /** The core that it runs on. */
  public static final Field CORE = LAYOUT.u32("core");

  /** Handle of the mutex; user build only. */
  public static final Field LOCK = LAYOUT.pointer("lock");

  /** The {@code k_heap} that private data comes from. */
  public static final Field HEAP = LAYOUT.pointer("heap");

  /** The task whose callback executes, or 0; only some repairs know it. */
  public static final Field CURRENT = LAYOUT.pointer("current");

  /** With the repair {@code O-03}: the tasks that ran in this tick. */
  public static final Field RAN = LAYOUT.struct("ran", ListItem.STRUCT);

  /** With {@code B-10}: the semaphore of all tasks. */
  public static final Field SHARED_SEM = LAYOUT.struct("sem", Semaphore.STRUCT);

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private ZephyrLl() {}
}
