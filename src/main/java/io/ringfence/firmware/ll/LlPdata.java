package io.ringfence.firmware.ll;

import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct zephyr_ll_pdata}: what the LL scheduler keeps of a task. */
public final class LlPdata {
  private static final Struct.Builder LAYOUT = Struct.define("zephyr_ll_pdata");

  /** Whether the task ever ran. */
  public static final Field RUN = LAYOUT.bool("run");

  /** Whether somebody frees the task. */
  public static final Field FREEING = LAYOUT.bool("freeing");

  /** The semaphore that whoever frees the task waits for. */
  public static final Field SEM_P = LAYOUT.pointer("sem_p");

  /** The structure in a build with {@code CONFIG_DYNAMIC_OBJECTS}, where the semaphore is apart. */
  public static final Struct DYNAMIC;

  /** The semaphore in a build without. */
  public static final Field SEM;

  /** The structure in a build without {@code CONFIG_DYNAMIC_OBJECTS}. */
  public static final Struct EMBEDDED;

  static {
    DYNAMIC = LAYOUT.build();
    SEM = LAYOUT.struct("sem", Semaphore.STRUCT);
    EMBEDDED = LAYOUT.build();
  }

  private LlPdata() {}
}
