package io.ringfence.firmware.cached;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.DataCache;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * A virtual region of one page that clients on several cores use, each core behind its own cache.
 * What the clients hold, and what the last operation left, lie in RAM that is not cached.
 *
 * <p>An operation that a client may not do is not done and answers false.
 */
public final class CachedRegion {
  /** What the last operation saw of the region. */
  public enum Result {
    /** What the operation before it had left. */
    CURRENT,
    /** Memory that nobody had initialized yet. */
    RAW,
    /** Something older. */
    STALE
  }

  /** What the cores share. */
  public enum Part {
    /** The control structure. */
    CONTROL,
    /** The chunk headers of the interim heap. */
    HEAP
  }

  /**
   * What a region is at some place.
   *
   * @param uses the number of references
   * @param mode the ordinal of a {@link Vregion.Mode}, or -1 if nobody filled it in
   * @param heap how many blocks are allocated, plus one; 0 for memory that is no heap
   */
  public record Content(int uses, int mode, int heap) {}

  private static final Struct.Builder RECORD = Struct.define("latest");
  private static final Field USES = RECORD.s32("uses");
  private static final Field MODE = RECORD.s32("mode");
  private static final Field BLOCKS = RECORD.s32("blocks");
  private static final Field FREED = RECORD.u32("freed");
  private static final Field RESULT = RECORD.u32("result");
  private static final Struct RECORD_STRUCT = RECORD.build();

  private static final Struct.Builder CLIENT = Struct.define("client");
  private static final Field POINTER = CLIENT.pointer("ptr");
  private static final Field BYTES = CLIENT.u32("bytes");
  private static final Struct CLIENT_STRUCT = CLIENT.build();

  private static final CacheAliases ALIASES = new CacheAliases(true);
  private static final int PAGE = PageDriver.PAGE_BYTES;
  private static final int ASKED = 40;

  /** {@code struct vregion} as a block of the heap takes it. */
  private static final int CONTROL_BYTES = 2 * CacheAliases.LINE_BYTES;

  private final SmallMachine machine;
  private final Cpu cpu;
  private final DataCache cache;
  private final SysHeap sysHeap;
  private final VirtualRegions regions;
  private final int maxReferences;
  private final int region;
  private final int memory;
  private final RegionView view;
  private final int references;
  private final int clients;
  private final int latest;
  private final CallProbe probe = new CallProbe();
  private String lastFault = "";

  /**
   * Boots, and lets a core create the region.
   *
   * @param cores how many cores there are
   * @param creator the core that creates the region, and holds the first reference
   * @param blocks how many blocks can be held
   * @param maxReferences how many references a core takes at most
   */
  public CachedRegion(Design design, int cores, int creator, int blocks, int maxReferences) {
    this.machine = SmallMachine.withCaches(1, 2, 1, cores);
    this.cpu = machine.cpu();
    this.cache = machine.cache();
    this.maxReferences = maxReferences;
    this.sysHeap = new SysHeap(cpu, HeapConfig.RELEASE);
    CachePlatform platform = new CachePlatform(cpu, cache);
    int systemPage = machine.takePages(1);
    this.memory = ALIASES.cached(machine.takePages(1));
    SofHeap heap =
        new SofHeap(
            cpu,
            sysHeap,
            new SofHeap.Layout(
                machine.allocateStatic(KHeap.STRUCT.size()), 0, machine.allocateStatic(4), true),
            OtherHeaps.NONE,
            platform,
            true,
            design);
    heap.initSystemHeap(systemPage, PAGE);
    PageDriver driver =
        new PageDriver(cpu, machine.allocateStatic(PageDriver.tableBytes(1, 1)), memory, 1, 1);
    VirtualPages pages =
        new VirtualPages(
            cpu, driver, platform, machine.allocateStatic(VirtualPages.contextBytes(1)), 1, design);
    pages.init(memory, 1, machine.allocateStatic(4));
    this.regions = new VirtualRegions(cpu, heap, sysHeap, pages, platform, design, false);
    this.references = machine.allocateStatic(4 * cores);
    this.clients = machine.allocateStatic(CLIENT_STRUCT.size() * blocks);
    this.latest = machine.allocateStatic(RECORD_STRUCT.size());
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, creator, 0);
    this.region = regions.create(PAGE);
    this.view = new RegionView(machine.ram(), cache, ALIASES.cached(region), memory);
    cpu.store32(references + 4 * creator, 1);
    end(creator, Result.CURRENT, false);
    machine.ram().freeze();
  }

  // What clients do.

  /** Takes a reference. */
  public boolean get(int core) {
    if (isFreed() || references(core) >= maxReferences) {
      return false;
    }
    Result seen = begin(core, "vregion_get", false);
    regions.get(region);
    cpu.store32(references + 4 * core, references(core) + 1);
    return end(core, seen, false);
  }

  /** Gives a reference back. */
  public boolean put(int core) {
    if (isFreed() || references(core) == 0) {
      return false;
    }
    Result seen = begin(core, "vregion_put", false);
    cpu.store(FREED, latest, regions.put(region) == 0 ? 1 : 0);
    cpu.store32(references + 4 * core, references(core) - 1);
    return end(core, seen, false);
  }

  /** Makes the region a heap. */
  public boolean setInterim(int core) {
    if (isFreed() || references(core) == 0) {
      return false;
    }
    Result seen = begin(core, "vregion_set_interim", false);
    boolean makesHeap = mode(core) == Vregion.Mode.LIFETIME.ordinal();
    regions.setInterim(region);
    return end(core, seen, makesHeap);
  }

  /** Allocates a block of 40 bytes, which clients do once the region has been made a heap. */
  public boolean alloc(int core, int block) {
    if (isFreed()
        || references(core) == 0
        || latest(MODE) != Vregion.Mode.INTERIM.ordinal()
        || pointer(block) != 0) {
      return false;
    }
    boolean usesHeap = mode(core) == Vregion.Mode.INTERIM.ordinal();
    Result seen = begin(core, "vregion_alloc", usesHeap);
    int address = 0;
    try {
      address = regions.alloc(region, ASKED, 0);
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      lastFault = fault.getMessage();
    }
    if (address != 0) {
      int bytes = usesHeap ? view.chunkBytes(heapViewer(core), address) : CacheAliases.LINE_BYTES;
      cpu.store32(POINTER.in(clientAddress(block)), address);
      cpu.store32(BYTES.in(clientAddress(block)), bytes);
    }
    return end(core, seen, usesHeap && address != 0);
  }

  private int mode(int core) {
    return view.mode(controlViewer(core));
  }

  // What caches do by themselves.

  /** A core fetches what it does not have of a part. */
  public boolean prefetch(int core, Part part) {
    if (isFreed() || isCached(core, part)) {
      return false;
    }
    probe.called(core, "");
    cache.prefetch(core, start(part), bytes(part));
    cpu.store(RESULT, latest, Result.CURRENT.ordinal());
    return true;
  }

  /** A core writes back what is dirty of a part, and drops all of it. */
  public boolean evict(int core, Part part) {
    if (isFreed() || !isCached(core, part)) {
      return false;
    }
    probe.called(core, "");
    cache.flushAndInvalidate(core, start(part), bytes(part));
    cpu.store(RESULT, latest, Result.CURRENT.ordinal());
    return true;
  }

  // What operations see and leave.

  /** Runs on a core from here on, and tells how it sees what the last operation left. */
  private Result begin(int core, String function, boolean usesHeap) {
    lastFault = "";
    probe.called(core, function);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, core, 0);
    int control = controlViewer(core);
    int uses = view.uses(control);
    int mode = view.mode(control);
    boolean isOld = uses != latest(USES) || mode != latest(MODE);
    boolean isRaw = isOld && uses == 0 && mode == RegionView.RAW;
    if (usesHeap && view.heap(heapViewer(core)) != latest(BLOCKS)) {
      isOld = true;
      isRaw |= view.heap(heapViewer(core)) == 0;
    }
    return isRaw ? Result.RAW : isOld ? Result.STALE : Result.CURRENT;
  }

  private boolean end(int core, Result seen, boolean changedHeap) {
    int control = controlViewer(core);
    cpu.store(USES, latest, view.uses(control));
    cpu.store(MODE, latest, view.mode(control));
    if (changedHeap) {
      cpu.store(BLOCKS, latest, view.heap(heapViewer(core)));
    }
    cpu.store(RESULT, latest, seen.ordinal());
    return true;
  }

  /** Whose copy an operation on a core uses: its own, if the structure has a cached address. */
  private int controlViewer(int core) {
    return ALIASES.isCached(region) ? core : RegionView.MEMORY;
  }

  private int heapViewer(int core) {
    int heap = view.heapPointer(controlViewer(core));
    return heap == 0 || ALIASES.isCached(heap) ? core : RegionView.MEMORY;
  }

  // What a debugger sees.

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** The core that took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** Why the last operation could not go on; empty if it could. */
  public String lastFault() {
    return lastFault;
  }

  /** Whether a core has a copy of a part. */
  public boolean isCached(int core, Part part) {
    return cache.isValid(core, start(part));
  }

  /** Whether a core has a copy of a part that was not written back. */
  public boolean isDirty(int core, Part part) {
    for (int at = 0; at < bytes(part); at += CacheAliases.LINE_BYTES) {
      if (cache.isDirty(core, start(part) + at)) {
        return true;
      }
    }
    return false;
  }

  /** The region as a core sees it through its cache. */
  public Content content(int core) {
    return new Content(view.uses(core), view.mode(core), view.heap(core));
  }

  /** The region as it is in memory. */
  public Content memory() {
    return content(RegionView.MEMORY);
  }

  /** The region as the last operation left it. */
  public Content latest() {
    return new Content(latest(USES), latest(MODE), latest(BLOCKS));
  }

  /** How many references the clients on a core hold. */
  public int references(int core) {
    return ram().load32(references + 4 * core);
  }

  /** Whether the region was freed. */
  public boolean isFreed() {
    return latest(FREED) != 0;
  }

  /** What the last operation saw. */
  public Result result() {
    return Result.values()[latest(RESULT)];
  }

  /** Where the record of a block is. */
  public int clientAddress(int block) {
    return clients + CLIENT_STRUCT.size() * block;
  }

  /** The address of a part, cached. */
  public int start(Part part) {
    return part == Part.CONTROL ? ALIASES.cached(region) : memory;
  }

  /** Whether a block is held. */
  public boolean isHeld(int block) {
    return pointer(block) != 0;
  }

  /** The line of the region that a block begins with. */
  public int line(int block) {
    return (pointer(block) - memory) / CacheAliases.LINE_BYTES;
  }

  /** From the start of a block to the header of the next chunk, in bytes. */
  public int blockBytes(int block) {
    return ram().load32(BYTES.in(clientAddress(block)));
  }

  /** The address of a block, 0 if it is not held. */
  public int pointer(int block) {
    return ram().load32(POINTER.in(clientAddress(block)));
  }

  private int latest(Field field) {
    return ram().load32(field.in(latest));
  }

  /** The size of a part in bytes. */
  public static int bytes(Part part) {
    return part == Part.CONTROL ? CONTROL_BYTES : PAGE;
  }
}
