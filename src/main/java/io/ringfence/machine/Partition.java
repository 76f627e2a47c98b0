package io.ringfence.machine;

import java.util.Set;

/**
 * A named range of whole pages with the rights that user mode gets there.
 *
 * @param name for messages and reports, e.g. "sysuser"
 * @param start address of the first byte, a multiple of {@link MemoryDomains#PAGE_BYTES}
 * @param size in bytes, a positive multiple of {@link MemoryDomains#PAGE_BYTES}
 * @param rights what user mode may do; kernel mode is not limited by partitions
 */
public record Partition(String name, int start, int size, Set<Access> rights) {
  /** Checks the alignment. */
  public Partition {
    int mask = MemoryDomains.PAGE_BYTES - 1;
    if ((start & mask) != 0 || (size & mask) != 0 || size <= 0) {
      throw new IllegalArgumentException(
          String.format(
              "Partition %s at 0x%08x of %d bytes: start and size must be multiples of %d",
              name, start, size, MemoryDomains.PAGE_BYTES));
    }
    rights = Set.copyOf(rights);
  }
}
