package io.ringfence.firmware.cached;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.DataCache;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * Clients that use blocks of a heap on several cores, each behind its own cache. What a client
 * knows of its block lies in RAM that is not cached.
 *
 * <p>An operation that a client may not do, or that its state does not allow, is not done and
 * answers false.
 */
public final class CachedBlocks {
  /** Where blocks come from. */
  public enum Source {
    /** The system heap. */
    SYSTEM_HEAP,
    /** The virtual heap, in blocks of 128 bytes. */
    VIRTUAL_HEAP,
    /** The interim heap of a virtual region. */
    REGION
  }

  /** What the last operation gave. */
  public enum Result {
    /** Nothing to tell. */
    NONE,
    /** No block was allocated. */
    NULL,
    /** A read gave what was written last. */
    GOOD,
    /** A read gave something else. */
    STALE
  }

  /** No client ever wrote this. */
  public static final int UNWRITTEN = 0;

  private static final Struct.Builder CLIENT = Struct.define("client");
  private static final Field POINTER = CLIENT.pointer("ptr");
  private static final Field OWNER = CLIENT.u32("owner");
  private static final Field LAST = CLIENT.u32("last_written");
  private static final Struct CLIENT_STRUCT = CLIENT.build();

  private static final CacheAliases ALIASES = new CacheAliases(true);
  private static final int ASKED = 40;

  private final SmallMachine machine;
  private final Cpu cpu;
  private final DataCache cache;
  private final Design design;
  private final BlockClients clients;
  private final BlockHeaps heaps;
  private final CallProbe probe = new CallProbe();
  private final int table;
  private final int result;

  /**
   * Boots.
   *
   * @param heapEnd size of the system heap from its first chunk on, in bytes, 128 to 424; if blocks
   *     come from elsewhere it has no effect
   */
  public CachedBlocks(Design design, Source source, int heapEnd, BlockClients clients) {
    this.machine = SmallMachine.withCaches(1, 2, 1, clients.cores());
    this.cpu = machine.cpu();
    this.cache = machine.cache();
    this.design = design;
    this.clients = clients;
    this.heaps = new BlockHeaps(machine, new CachePlatform(cpu, cache), design, source, heapEnd);
    this.table = machine.allocateStatic(CLIENT_STRUCT.size() * clients.uses().size());
    this.result = machine.allocateStatic(4);
    machine.ram().freeze();
  }

  // What clients do.

  /** Allocates a block of 40 bytes: uncached for a client that uses it on all cores. */
  public boolean alloc(int core, int client) {
    if (pointer(client) != 0) {
      return false;
    }
    boolean isCoherent = isCoherent(clients.uses().get(client));
    run(core, heaps.allocFunction(isCoherent));
    int address = heaps.alloc(isCoherent, ASKED);
    if (address != 0) {
      set(client, POINTER, address);
      set(client, OWNER, core);
    }
    return done(address == 0 ? Result.NULL : Result.NONE);
  }

  private boolean isCoherent(BlockClients.Use use) {
    return switch (use) {
      case PRIVATE -> false;
      case SHARED -> !design.has(Defect.SHARED_CACHED);
      case PDATA -> !design.has(Defect.PDATA_CACHED);
    };
  }

  /** Writes to the block through the client's pointer. */
  public boolean write(int core, int client, int value) {
    if (!mayUse(core, client)) {
      return false;
    }
    run(core, "");
    cpu.store32(pointer(client), value);
    set(client, LAST, value);
    return done(Result.NONE);
  }

  /** Reads from the block what was written there last. */
  public boolean read(int core, int client) {
    if (!mayUse(core, client) || lastWritten(client) == UNWRITTEN) {
      return false;
    }
    run(core, "");
    int value = cpu.load32(pointer(client));
    return done(value == lastWritten(client) ? Result.GOOD : Result.STALE);
  }

  /** Hands a block that one core uses to another core. */
  public boolean handOver(int core, int client) {
    if (clients.isShared(client) || pointer(client) == 0 || owner(client) == core) {
      return false;
    }
    probe.called(core, "dcache_invalidate_region");
    pass(client, core);
    return done(Result.NONE);
  }

  /** The giver writes back and drops its copy; the taker drops what it may have fetched. */
  private void pass(int client, int taker) {
    int address = ALIASES.cached(pointer(client));
    cache.flushAndInvalidate(owner(client), address, ASKED);
    cache.invalidate(taker, address, ASKED);
    set(client, OWNER, taker);
  }

  /** Frees a block by the address that the allocation returned. */
  public boolean free(int core, int client) {
    return clients.freeByPointer() && free(core, client, pointer(client));
  }

  /** Frees a block by its other address. */
  public boolean freeByAlias(int core, int client) {
    int pointer = pointer(client);
    return clients.freeByAlias()
        && free(
            core,
            client,
            ALIASES.isCached(pointer) ? ALIASES.uncached(pointer) : ALIASES.cached(pointer));
  }

  private boolean free(int core, int client, int address) {
    boolean bySomebodyElse = !clients.isShared(client) && owner(client) != core;
    if (pointer(client) == 0 || bySomebodyElse && !clients.anyCoreFrees()) {
      return false;
    }
    if (bySomebodyElse && design.has(Fix.FLUSH_ON_OWNER)) {
      pass(client, core);
    }
    run(core, heaps.freeFunction());
    heaps.free(address);
    set(client, POINTER, 0);
    set(client, OWNER, 0);
    set(client, LAST, UNWRITTEN);
    return done(Result.NONE);
  }

  // What caches do by themselves.

  /** A core fetches a line that it does not have. */
  public boolean prefetch(int core, int line) {
    if (isCached(core, line)) {
      return false;
    }
    probe.called(core, "");
    cache.prefetch(core, cachedLine(line), 1);
    return done(Result.NONE);
  }

  /** A core makes room: it writes a line back, if it is dirty, and drops it. */
  public boolean evict(int core, int line) {
    if (!isCached(core, line)) {
      return false;
    }
    probe.called(core, "");
    cache.flushAndInvalidate(core, cachedLine(line), 1);
    return done(Result.NONE);
  }

  private boolean mayUse(int core, int client) {
    return pointer(client) != 0
        && clients.lines().contains(line(client))
        && (clients.isShared(client) || owner(client) == core);
  }

  private void run(int core, String function) {
    probe.called(core, function);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, core, 0);
  }

  private boolean done(Result what) {
    cpu.store32(result, what.ordinal());
    return true;
  }

  // What a debugger sees.

  /** The core that took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** What the last operation gave. */
  public Result result() {
    return Result.values()[ram().load32(result)];
  }

  /** The uncached address of a line, counted from the first chunk of the system heap. */
  public int lineAddress(int line) {
    return heaps.lineAddress(line);
  }

  /** The first word of a line in memory. */
  public int memory(int line) {
    return ram().load32(lineAddress(line));
  }

  /** Whether a core has a copy of a line. */
  public boolean isCached(int core, int line) {
    return cache.isValid(core, lineAddress(line));
  }

  /** Whether a core has a copy of a line that was not written back. */
  public boolean isDirty(int core, int line) {
    return cache.isDirty(core, lineAddress(line));
  }

  /** The first word of a core's copy of a line, or of the line in memory if there is none. */
  public int copy(int core, int line) {
    return cache.peek32(core, lineAddress(line));
  }

  /** Where a client's record is. */
  public int clientAddress(int client) {
    return table + CLIENT_STRUCT.size() * client;
  }

  /** The address of the block that a client holds, 0 if it holds none. */
  public int pointer(int client) {
    return get(client, POINTER);
  }

  /** Whether a client holds a block by its cached address. */
  public boolean holdsCached(int client) {
    return ALIASES.isCached(pointer(client));
  }

  /** The line that a client's block begins with. */
  public int line(int client) {
    return heaps.lineOf(pointer(client));
  }

  /** How many bytes lie between the start of a client's block and the next chunk header. */
  public int bytes(int client) {
    return heaps.bytesOf(ram(), pointer(client));
  }

  /** The core that allocated a block or got it from another. */
  public int owner(int client) {
    return get(client, OWNER);
  }

  /** What was written to a block last, or {@link #UNWRITTEN}. */
  public int lastWritten(int client) {
    return get(client, LAST);
  }

  private int cachedLine(int line) {
    return ALIASES.cached(lineAddress(line));
  }

  private int get(int client, Field field) {
    return ram().load32(clientAddress(client) + field.offset());
  }

  private void set(int client, Field field, int value) {
    cpu.store32(clientAddress(client) + field.offset(), value);
  }
}
