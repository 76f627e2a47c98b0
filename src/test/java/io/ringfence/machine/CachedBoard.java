package io.ringfence.machine;

/** A processor whose cores have caches in front of all RAM but the first page. */
final class CachedBoard {
  /** The first page, which is not cached. */
  static final int UNCACHED_PAGE = 0x40000000;

  static final int BASE = UNCACHED_PAGE + MemoryDomains.PAGE_BYTES;
  static final int BYTES = 2 * MemoryDomains.PAGE_BYTES;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int TABLES = BASE + BYTES;
  private static final int AREA = TABLES + PAGE;

  final Ram ram;
  final DataCache cache;
  final Cpu cpu;

  CachedBoard(int cores) {
    int area = DataCache.areaBytes(BYTES, cores) + PAGE - 1 & -PAGE;
    ram = Ram.withSecondWindow(UNCACHED_PAGE, AREA - UNCACHED_PAGE + area);
    MemoryDomains domains = new MemoryDomains(ram, TABLES, 1);
    domains.initialize();
    ram.shadow().declareStatic(UNCACHED_PAGE, PAGE + BYTES);
    cache = new DataCache(ram, BASE, BYTES, AREA);
    cpu = new Cpu(ram, domains, cache);
    ram.freeze();
  }

  void run(int core) {
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, core, 0);
  }

  int uncached(int offset) {
    return BASE + offset;
  }

  int cached(int offset) {
    return BASE + offset ^ 0xe0000000;
  }
}
