package io.ringfence.firmware.heap;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps physical pages into virtual regions, as Zephyr's {@code sys_mm_drv_*} calls do.
 *
 * <p>The table lies in RAM: for each virtual page two bytes, the physical page plus one, or 0; then
 * for each physical page a byte, whether it is taken. Mapping takes the lowest free physical page;
 * a page that fails does not keep the others from being mapped. A virtual page that is mapped
 * already is mapped anew, and the physical page it had is lost.
 *
 * <p>The content of a page does not move: where virtual pages are RAM, each is its own memory, and
 * what mapping changes there is whether the kernel reaches it.
 */
public final class PageDriver {
  /** Size of a page in bytes ({@code CONFIG_MM_DRV_PAGE_SIZE}). */
  public static final int PAGE_BYTES = 4096;

  private static final int PAGE_SHIFT = 12;

  private final Cpu cpu;
  private final int table;
  private final int base;
  private final int virtualPages;
  private final int physicalPages;
  private final @Nullable MemoryDomains pageTables;

  /** Makes a driver of virtual pages that nobody reads or writes, see the other constructor. */
  public PageDriver(Cpu cpu, int table, int base, int virtualPages, int physicalPages) {
    this(cpu, table, base, virtualPages, physicalPages, null);
  }

  /**
   * Makes the driver.
   *
   * @param table where the table lies, {@link #tableBytes} of RAM that starts as zeros
   * @param base first address that can be mapped, a multiple of the page size
   * @param pageTables where mapping shows, if the pages are RAM
   */
  public PageDriver(
      Cpu cpu,
      int table,
      int base,
      int virtualPages,
      int physicalPages,
      @Nullable MemoryDomains pageTables) {
    this.pageTables = pageTables;
    this.cpu = cpu;
    this.table = table;
    this.base = base;
    this.virtualPages = virtualPages;
    this.physicalPages = physicalPages;
  }

  /** Size of the table in bytes. */
  public static int tableBytes(int virtualPages, int physicalPages) {
    return 2 * virtualPages + physicalPages;
  }

  /** Maps a range to any free physical pages ({@code sys_mm_drv_map_region_safe}). */
  public int map(int address, int bytes) {
    if (!isAligned(address, bytes)) {
      return -Errno.EINVAL;
    }
    int result = 0;
    for (int page = 0; page < bytes >>> PAGE_SHIFT; page++) {
      int one = mapPage(address + page * PAGE_BYTES);
      result = one == 0 ? result : one;
    }
    return result;
  }

  private int mapPage(int address) {
    int page = page(address);
    if (page < 0) {
      return -Errno.EINVAL;
    }
    for (int physical = 0; physical < physicalPages; physical++) {
      if (cpu.load8(taken(physical)) == 0) {
        cpu.store8(taken(physical), 1);
        cpu.store16(table + 2 * page, physical + 1);
        if (pageTables != null) {
          pageTables.map(address, PAGE_BYTES, Set.of(Access.READ, Access.WRITE), Set.of());
        }
        return 0;
      }
    }
    return -Errno.ENOMEM;
  }

  /** Takes the mapping of a range away and frees the pages ({@code sys_mm_drv_unmap_region}). */
  public int unmap(int address, int bytes) {
    if (!isAligned(address, bytes)) {
      return -Errno.EINVAL;
    }
    int result = 0;
    for (int i = 0; i < bytes >>> PAGE_SHIFT; i++) {
      int page = page(address + i * PAGE_BYTES);
      if (page < 0 || entry(page) == 0) {
        result = page < 0 ? -Errno.EINVAL : -Errno.EFAULT;
        continue;
      }
      cpu.store8(taken(entry(page) - 1), 0);
      cpu.store16(table + 2 * page, 0);
      if (pageTables != null) {
        pageTables.unmap(base + page * PAGE_BYTES, PAGE_BYTES);
      }
    }
    return result;
  }

  /** Whether the page of an address is mapped ({@code sys_mm_drv_page_phys_get}). */
  public boolean isMapped(int address) {
    int page = page(address);
    return page >= 0 && entry(page) != 0;
  }

  /** The number of physical pages that are not mapped. */
  public int freePages() {
    int free = 0;
    for (int physical = 0; physical < physicalPages; physical++) {
      free += cpu.load8(taken(physical)) == 0 ? 1 : 0;
    }
    return free;
  }

  private int page(int address) {
    int offset = address - base;
    int page = offset >>> 12;
    return Integer.compareUnsigned(page, virtualPages) < 0 ? page : -1;
  }

  private int entry(int page) {
    return cpu.load16(table + 2 * page);
  }

  private int taken(int physical) {
    return table + 2 * virtualPages + physical;
  }

  private static boolean isAligned(int address, int bytes) {
    return (address & PAGE_BYTES - 1) == 0 && (bytes & PAGE_BYTES - 1) == 0 && bytes != 0;
  }
}
