package io.ringfence.firmware.kernel;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Struct;

/** {@code struct k_mem_domain}, as far as a pointer to one leads to its page tables. */
public final class KMemDomain {
  private static final Struct.Builder LAYOUT = Struct.define("k_mem_domain");
  private static final Field TABLES = LAYOUT.s32("arch.ptables");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private KMemDomain() {}

  /** Makes a structure that stands for a domain. */
  public static void init(Cpu cpu, int address, int domain) {
    cpu.store(TABLES, address, domain);
  }

  /**
   * The domain that a pointer leads to, whatever it points to; {@link MemoryDomains#NO_DOMAIN} if
   * there is none, or for NULL.
   */
  public static int follow(Cpu cpu, int pointer) {
    int domain = pointer == 0 ? MemoryDomains.NO_DOMAIN : cpu.load(TABLES, pointer);
    return cpu.domains().exists(domain) ? domain : MemoryDomains.NO_DOMAIN;
  }
}
