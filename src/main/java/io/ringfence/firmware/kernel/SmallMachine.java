package io.ringfence.firmware.kernel;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.DataCache;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * RAM, page tables and a processor for one part of the firmware that is looked at alone. Starts in
 * kernel mode on core 0.
 *
 * <p>The RAM holds, from its base on: static objects, the page tables, and pages for heaps and for
 * other objects that need whole pages, such as partitions.
 */
public final class SmallMachine {
  /** Address of the first byte of RAM, through the uncached window if there are two. */
  public static final int BASE = 0x40000000;

  private final Ram ram;
  private final MemoryDomains domains;
  private final Cpu cpu;
  private final @Nullable DataCache cache;
  private final int staticsEnd;
  private final int pagesEnd;
  private int nextStatic = BASE;
  private int nextPage;

  /**
   * Makes a machine.
   *
   * @param staticPages room for static objects, in pages of {@link MemoryDomains#PAGE_BYTES}
   * @param otherPages what {@link #takePages} can hand out
   * @param maxDomains how many memory domains there can be
   * @param twoWindows whether all RAM is seen at a cached address too
   */
  public SmallMachine(int staticPages, int otherPages, int maxDomains, boolean twoWindows) {
    this(staticPages, otherPages, maxDomains, twoWindows, 0);
  }

  /**
   * Makes a machine with two windows whose cores have data caches in front of the other pages.
   *
   * @param cores how many cores there are
   */
  public static SmallMachine withCaches(
      int staticPages, int otherPages, int maxDomains, int cores) {
    return new SmallMachine(staticPages, otherPages, maxDomains, true, cores);
  }

  private SmallMachine(
      int staticPages, int otherPages, int maxDomains, boolean twoWindows, int caches) {
    int page = MemoryDomains.PAGE_BYTES;
    int mainBytes = (staticPages + 1 + otherPages) * page;
    int cacheBytes = DataCache.areaBytes(otherPages * page, caches);
    int bytes = mainBytes + (cacheBytes + page - 1 & -page);
    this.ram = twoWindows ? Ram.withSecondWindow(BASE, bytes) : new Ram(BASE, bytes);
    this.staticsEnd = BASE + staticPages * page;
    this.nextPage = staticsEnd + page;
    this.pagesEnd = BASE + mainBytes;
    this.domains = new MemoryDomains(ram, staticsEnd, maxDomains);
    this.cache = caches == 0 ? null : new DataCache(ram, nextPage, otherPages * page, pagesEnd);
    this.cpu = new Cpu(ram, domains, cache);
    domains.initialize();
    ram.shadow().declareStatic(BASE, staticPages * page);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The processor. */
  public Cpu cpu() {
    return cpu;
  }

  /** The caches of a machine that was made with some. */
  public DataCache cache() {
    return Objects.requireNonNull(cache, "made without caches");
  }

  /** The memory domains. */
  public MemoryDomains domains() {
    return domains;
  }

  /**
   * Places a static object, aligned to 8 bytes and zeroed.
   *
   * @throws IllegalStateException if there is no room
   */
  public int allocateStatic(int bytes) {
    int address = nextStatic;
    nextStatic += bytes + 7 & -8;
    if (nextStatic > staticsEnd) {
      throw new IllegalStateException("no room for a static object of " + bytes + " bytes");
    }
    return address;
  }

  /**
   * Takes whole pages that nobody has, zeroed and not declared allocated.
   *
   * @return address of the first one
   * @throws IllegalStateException if there are not so many
   */
  public int takePages(int count) {
    int address = nextPage;
    nextPage += count * MemoryDomains.PAGE_BYTES;
    if (nextPage > pagesEnd) {
      throw new IllegalStateException("no room for " + count + " more pages");
    }
    return address;
  }
}
