package io.ringfence.firmware.ll;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct ll_schedule_domain_ops}: what a timer domain has of it. */
public final class DomainOps {
  private static final Struct.Builder LAYOUT = Struct.define("ll_schedule_domain_ops");

  /** Mandatory. */
  public static final Field DOMAIN_REGISTER = LAYOUT.function("domain_register");

  /** Mandatory. */
  public static final Field DOMAIN_UNREGISTER = LAYOUT.function("domain_unregister");

  /** User build only. */
  public static final Field DOMAIN_THREAD_INIT = LAYOUT.function("domain_thread_init");

  /** User build only. */
  public static final Field DOMAIN_THREAD_FREE = LAYOUT.function("domain_thread_free");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private DomainOps() {}
}
