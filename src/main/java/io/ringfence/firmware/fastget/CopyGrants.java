package io.ringfence.firmware.fastget;

import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import java.util.EnumSet;

/** Which memory domains may read a copy that has whole pages of its own. */
final class CopyGrants {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;

  private final Cpu cpu;

  CopyGrants(Cpu cpu) {
    this.cpu = cpu;
  }

  /** Rounds a size up to pages. */
  static int pages(int bytes) {
    return bytes + PAGE - 1 & -PAGE;
  }

  /** Whether the running thread is in user mode outside of this call. */
  boolean isUserThread() {
    return cpu.domain() != MemoryDomains.NO_DOMAIN;
  }

  /** Lets the thread's domain read a copy; false if it has a partition there, such as its heap. */
  boolean add(int copy, int bytes) {
    return cpu.domains().add(cpu.domain(), partition(copy, bytes));
  }

  /** Nobody else adds partitions that user mode can only read, so its rights tell them apart. */
  boolean isGranted(int copy) {
    return cpu.mayRead(cpu.domain(), copy, 1) && !cpu.mayWrite(cpu.domain(), copy, 1);
  }

  /** Takes the partition of a copy away from a domain. */
  void remove(int domain, int copy, int bytes) {
    cpu.domains().remove(domain, partition(copy, bytes));
  }

  private static Partition partition(int copy, int bytes) {
    return new Partition("fast_get", copy, pages(bytes), EnumSet.of(Access.READ));
  }
}
