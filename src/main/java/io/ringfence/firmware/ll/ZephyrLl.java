package io.ringfence.firmware.ll;

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

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private ZephyrLl() {}
}
