package io.ringfence.firmware.ll;

import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct zephyr_domain_thread}: the LL thread of a core. */
public final class DomainThread {
  private static final Struct.Builder LAYOUT = Struct.define("zephyr_domain_thread");

  /** The thread, or 0. */
  public static final Field LL_THREAD = LAYOUT.pointer("ll_thread");

  /** The semaphore that each tick gives. */
  public static final Field SEM = LAYOUT.pointer("sem");

  /** What to call in a tick; 0 if the core is not registered. */
  public static final Field HANDLER = LAYOUT.function("handler");

  /** The argument of the call. */
  public static final Field ARG = LAYOUT.pointer("arg");

  /** The structure in the user build, where thread and semaphore are apart. */
  public static final Struct USER;

  /** The thread in the kernel build. */
  public static final Field LL_THREAD_OBJ;

  /** The semaphore in the kernel build. */
  public static final Field SEM_OBJ;

  /** The structure in the kernel build. */
  public static final Struct KERNEL;

  static {
    USER = LAYOUT.build();
    LL_THREAD_OBJ = LAYOUT.struct("ll_thread_obj", KThread.STRUCT);
    SEM_OBJ = LAYOUT.struct("sem_obj", Semaphore.STRUCT);
    KERNEL = LAYOUT.build();
  }

  private DomainThread() {}
}
