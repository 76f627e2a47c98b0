package io.ringfence.firmware.syscalls.dma;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.DataCache;

/**
 * What the host writes for the firmware: memory behind a data cache, which user threads see at two
 * addresses with different rights.
 */
public final class HostBox {
  /** The two addresses at which it is seen. */
  public enum Alias {
    /** Through the data cache: a store stays there until the line is written back. */
    CACHED,
    /** Past the cache. */
    UNCACHED
  }

  private static final int USER_MESSAGE = 0x75736572;

  private final Cpu cpu;
  private final DataCache cache;
  private final int core;
  private final int domain;
  private final int uncached;

  /**
   * Wraps the memory.
   *
   * @param core the core that user threads run on
   * @param domain their memory domain
   * @param uncached its address past the cache
   */
  HostBox(Cpu cpu, DataCache cache, int core, int domain, int uncached) {
    this.cpu = cpu;
    this.cache = cache;
    this.core = core;
    this.domain = domain;
    this.uncached = uncached;
  }

  /** An address of the first byte. */
  public int address(Alias alias) {
    return alias == Alias.CACHED ? cpu.ram().mirror(uncached) : uncached;
  }

  /** Whether user threads may write at an address. */
  public boolean mayWrite(Alias alias) {
    return cpu.mayWrite(domain, address(alias), Integer.BYTES);
  }

  /** Whether what is seen at an address was written by a user thread. */
  public boolean isForged(Alias alias) {
    int message = alias == Alias.CACHED ? cache.peek32(core, uncached) : cpu.ram().load32(uncached);
    return message == USER_MESSAGE;
  }

  /** Lets the running thread write a message at an address. */
  void forge(Alias alias) {
    cpu.store32(address(alias), USER_MESSAGE);
  }

  /** Lets the cache write the line back to memory; false if that would change nothing. */
  boolean writeBack() {
    if (!cache.isDirty(core, uncached)) {
      return false;
    }
    cache.writeBack(core, address(Alias.CACHED), Integer.BYTES);
    return true;
  }
}
