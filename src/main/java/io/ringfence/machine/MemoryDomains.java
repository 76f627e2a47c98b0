package io.ringfence.machine;

import java.util.Collection;

/**
 * The page tables, kept in the RAM itself so that domains change at run time like any other state.
 *
 * <p>The table has one byte per page: a common row, then a row per domain. The common row says what
 * kernel mode may do with the page, and what every user thread may do there whatever its domain
 * (code and constants). A domain's row adds what its partitions grant, for each window of the RAM
 * apart: a partition at the cached address of a page says nothing of the uncached one. A page that
 * kernel mode may not read is not mapped at all. Page 0 is never mapped. After the rows comes one
 * byte per domain that tells whether it exists.
 *
 * <p>Rules of partitions (whole pages, no overlap within one domain) are those of Zephyr's {@code
 * k_mem_domain_add_partition} on a processor with a memory management unit.
 */
public final class MemoryDomains {
  /** Size of a page in bytes. */
  public static final int PAGE_BYTES = 4096;

  /** The domain of a thread that is in none. */
  public static final int NO_DOMAIN = -1;

  static final int PAGE_SHIFT = 12;

  /** Distance of the kernel's rights from those of user mode in an entry of the common row. */
  private static final int KERNEL_SHIFT = 4;

  /** Distance of the rights through the second window from the others in an entry of a domain. */
  private static final int SECOND_SHIFT = 4;

  private static final int USER_BITS = 7;

  private final Ram ram;
  private final int table;
  private final int pages;
  private final int maxDomains;

  /**
   * Wraps the tables at an address of the RAM. Writes nothing: see {@link #initialize}.
   *
   * @param table where the tables lie; {@link #tableBytes} are reserved there
   */
  public MemoryDomains(Ram ram, int table, int maxDomains) {
    this.ram = ram;
    this.table = table;
    this.pages = ram.size() / PAGE_BYTES;
    this.maxDomains = maxDomains;
    if (!ram.contains(table, tableBytes(ram.size(), maxDomains))) {
      throw new IllegalArgumentException(
          String.format("The page tables at 0x%08x do not fit into the RAM", table));
    }
  }

  /** Returns how many bytes the tables of so many domains take for a RAM of that size. */
  public static int tableBytes(int ramSize, int maxDomains) {
    return (maxDomains + 1) * (ramSize / PAGE_BYTES) + maxDomains;
  }

  /** Starts with no domain and all pages mapped for the kernel to read and write, except page 0. */
  public void initialize() {
    int length = tableBytes(ram.size(), maxDomains);
    ram.shadow().declareStatic(table, length);
    ram.fill(table, length, 0);
    ram.fill(table, pages, (Access.READ.bit() | Access.WRITE.bit()) << KERNEL_SHIFT);
    if (ram.contains(0, 1)) {
      ram.store8(table, 0);
    }
  }

  /** Sets what the kernel, and what every user thread, may do in a range of pages. */
  public void map(int start, int size, Collection<Access> kernel, Collection<Access> allUsers) {
    int entry = Access.bits(kernel) << KERNEL_SHIFT | Access.bits(allUsers);
    ram.fill(table + pageOf(start), size / PAGE_BYTES, entry);
  }

  /** Takes a range of pages away from everybody. */
  public void unmap(int start, int size) {
    ram.fill(table + pageOf(start), size / PAGE_BYTES, 0);
  }

  /** Creates an empty domain and returns its number, or {@link #NO_DOMAIN} if all are taken. */
  public int create() {
    for (int domain = 0; domain < maxDomains; domain++) {
      if (!exists(domain)) {
        ram.store8(presence(domain), 1);
        return domain;
      }
    }
    return NO_DOMAIN;
  }

  /** Deletes a domain, and what was granted to it. */
  public void delete(int domain) {
    requireExists(domain);
    ram.fill(row(domain), pages, 0);
    ram.store8(presence(domain), 0);
  }

  /** Tells whether a domain was created. */
  public boolean exists(int domain) {
    return domain >= 0 && domain < maxDomains && ram.load8(presence(domain)) != 0;
  }

  /**
   * Grants a partition to a domain.
   *
   * @return false, and nothing changed, if it overlaps a partition of that domain or is not in RAM
   */
  public boolean add(int domain, Partition partition) {
    requireExists(domain);
    if (!ram.contains(partition.start(), partition.size())) {
      return false;
    }
    int shift = shift(partition.start());
    int first = row(domain) + pageOf(partition.start());
    int end = first + partition.size() / PAGE_BYTES;
    for (int entry = first; entry < end; entry++) {
      if ((ram.load8(entry) & USER_BITS << shift) != 0) {
        return false;
      }
    }
    int rights = Access.bits(partition.rights()) << shift;
    for (int entry = first; entry < end; entry++) {
      ram.store8(entry, ram.load8(entry) | rights);
    }
    return true;
  }

  /**
   * Grants a partition and its mirror in the other window of the RAM, as the owners of heaps do
   * where memory has two addresses; in a RAM with one window the partition alone.
   *
   * @return false, and nothing changed, if one of them cannot be added
   */
  public boolean addMirrored(int domain, Partition partition) {
    if (!add(domain, partition)) {
      return false;
    }
    Partition mirror = mirror(partition);
    if (mirror.equals(partition) || add(domain, mirror)) {
      return true;
    }
    remove(domain, partition);
    return false;
  }

  /** Takes a partition away from a domain. Taking what was not granted has no effect. */
  public void remove(int domain, Partition partition) {
    requireExists(domain);
    int others = ~(USER_BITS << shift(partition.start()));
    int first = row(domain) + pageOf(partition.start());
    for (int entry = first; entry < first + partition.size() / PAGE_BYTES; entry++) {
      ram.store8(entry, ram.load8(entry) & others);
    }
  }

  /** Takes a partition and its mirror away. */
  public void removeMirrored(int domain, Partition partition) {
    remove(domain, partition);
    remove(domain, mirror(partition));
  }

  private Partition mirror(Partition partition) {
    return new Partition(
        partition.name(), ram.mirror(partition.start()), partition.size(), partition.rights());
  }

  private int shift(int address) {
    return ram.isSecondWindow(address) ? SECOND_SHIFT : 0;
  }

  /**
   * Tells whether user mode in a domain may make such an access to all pages of a range. From the
   * start of a page, no bytes are no page, and so allowed wherever that is ({@code
   * arch_buffer_validate} of Xtensa).
   */
  public boolean allows(int domain, int address, int length, Access access) {
    if (length == 0 && (address & PAGE_BYTES - 1) == 0) {
      return true;
    }
    if (!ram.contains(address, length)) {
      return false;
    }
    int offset = ram.offset(address);
    int shift = shift(address);
    for (int page = offset >>> PAGE_SHIFT; page <= (offset + length - 1) >>> PAGE_SHIFT; page++) {
      if (!userMay(domain, page, shift, access.bit())) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether the page of an address is mapped at all. */
  public boolean isMappedAt(int address) {
    return ram.contains(address, 1) && isMapped(pageOf(address));
  }

  // For the CPU; pages are counted from the start of RAM.

  boolean isMapped(int page) {
    return kernelMay(page, Access.READ.bit());
  }

  boolean kernelMay(int page, int accessBit) {
    return (ram.load8(table + page) & accessBit << KERNEL_SHIFT) != 0;
  }

  boolean userMayAt(int domain, int address, int accessBit) {
    return userMay(domain, pageOf(address), shift(address), accessBit);
  }

  private boolean userMay(int domain, int page, int shift, int accessBit) {
    int entry = ram.load8(table + page);
    if (entry >>> KERNEL_SHIFT == 0) {
      return false;
    }
    if (domain >= 0) {
      entry |= ram.load8(row(domain) + page) >>> shift;
    }
    return (entry & USER_BITS & accessBit) != 0;
  }

  private int row(int domain) {
    return table + (domain + 1) * pages;
  }

  private int presence(int domain) {
    return table + (maxDomains + 1) * pages + domain;
  }

  private int pageOf(int address) {
    return ram.offset(address) >>> PAGE_SHIFT;
  }

  private void requireExists(int domain) {
    if (!exists(domain)) {
      throw new IllegalArgumentException("Memory domain " + domain + " does not exist; create it");
    }
  }
}
