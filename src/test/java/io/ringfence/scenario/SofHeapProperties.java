package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.HeapInvariants;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SysHeap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Long random lives of all heaps behind SOF's allocation functions, and of the heap of a module
 * that comes and goes in a block of another. Every source runs out of memory at times.
 */
class SofHeapProperties {
  private static final int OPERATIONS = 10_000;
  private static final int CHECK_EVERY = 50;
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final int MOST_BLOCKS = 160;
  private static final int MODULE_HEAP_BYTES = 3 * PageDriver.PAGE_BYTES;
  private static final HeapConfig CHUNKS = new HeapConfig(false, 1, false, false, 3);
  private static final CacheAliases ALIASES = new CacheAliases(true);
  private static final String CONFIG =
      """
      {"aliases":true,"heap_cached":true,"shared_heap_bytes":16384,"virtual_heap":true,
       "l3_heap":true,"user_heap_bytes":65536,"vpage_max_allocs":128,"hardening":1,"asserts":false,
       "system_heap_bytes":65536,"alloc_loops":3,
       "region_base":{"system":1048576,"shared":1572864,"virtual":2097152},"memory_fill":165,
       "vpages":32,"phys_pages":128,"l3_used":true,"l3_bytes":16384,"virtual_heap_bytes":1048576,
       "vm_bytes":8388608}
      """;

  /** The heaps, of which the last two lie in blocks of the virtual one. */
  private enum Home {
    SYSTEM,
    SHARED,
    L3,
    VIRTUAL,
    USER,
    MODULE
  }

  /** Where a block should come from, and how to ask for it there. */
  private enum Source {
    SYSTEM(0, Home.SYSTEM),
    SYSTEM_COHERENT(MemFlags.COHERENT, Home.SYSTEM),
    SHARED(MemFlags.USER_SHARED_BUFFER, Home.SHARED),
    L3(MemFlags.L3, Home.L3),
    BUFFER(0, Home.VIRTUAL),
    BUFFER_COHERENT(MemFlags.COHERENT, Home.VIRTUAL),
    LARGE(MemFlags.LARGE_BUFFER, Home.VIRTUAL),
    USER_HEAP(MemFlags.COHERENT, Home.USER),
    USER_HEAP_LARGE(MemFlags.LARGE_BUFFER, Home.USER),
    MODULE(0, Home.MODULE),
    MODULE_COHERENT(MemFlags.COHERENT, Home.MODULE);

    private final int flags;
    private final Home home;

    Source(int flags, Home home) {
      this.flags = flags;
      this.home = home;
    }
  }

  private record Block(Source source, int address, int bytes, int align) {}

  /** A range of cached addresses. */
  private record Range(int start, int bytes) {
    boolean contains(Block block) {
      int offset = ALIASES.cached(block.address()) - start;
      return offset >= 0 && offset + block.bytes() <= bytes;
    }
  }

  private final HeapsMachine machine = machine();
  private final TreeMap<Integer, Block> live = new TreeMap<>();
  private final Map<Source, Integer> failures = new EnumMap<>(Source.class);

  /** What the start-up itself took of each heap: used chunks, which the invariants have to know. */
  private final Map<Home, TreeMap<Integer, HeapInvariants.Block>> own = new EnumMap<>(Home.class);

  /** The {@code k_heap} of the module, or 0; in the heap itself and its memory. */
  private int moduleHeap;

  private static HeapsMachine machine() {
    try {
      HeapsMachine machine = new HeapsMachine(new ObjectMapper().readTree(CONFIG));
      machine.bootHeaps();
      machine.bootVirtualHeap();
      machine.bootUserHeap();
      return machine;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private int allocate(Source source, int bytes, int align) {
    return switch (source) {
      case SYSTEM, SYSTEM_COHERENT, SHARED, L3 ->
          machine.sofHeap.rmallocAlign(source.flags, bytes, align);
      case BUFFER, BUFFER_COHERENT -> machine.sofHeap.rballocAlign(source.flags, bytes, align);
      case LARGE -> machine.sofHeap.alloc(0, source.flags, bytes, align);
      default -> machine.sofHeap.alloc(kHeap(source.home), source.flags, bytes, align);
    };
  }

  /** Frees by either alias where the allocator takes either (all but L3 ). */
  private void free(Block block, boolean otherAlias) {
    int address = block.address();
    if (otherAlias && block.source().home != Home.L3) {
      address = ALIASES.isCached(address) ? ALIASES.uncached(address) : ALIASES.cached(address);
    }
    switch (block.source().home) {
      case USER, MODULE -> machine.sofHeap.free(kHeap(block.source().home), address);
      default -> machine.sofHeap.rfree(address);
    }
  }

  // The heap of a module, as module_driver_heap_init() and module_driver_heap_remove() make it.

  private void makeModuleHeap() {
    int struct = machine.sofHeap.rballocAlign(MemFlags.USER, KHeap.STRUCT.size(), LINE);
    int memory =
        machine.sofHeap.rballocAlign(
            MemFlags.USER | MemFlags.COHERENT, MODULE_HEAP_BYTES, PageDriver.PAGE_BYTES);
    if (struct == 0 || memory == 0) {
      machine.sofHeap.rfree(struct);
      machine.sofHeap.rfree(memory);
      return;
    }
    machine.sofHeap.initHeap(struct, memory, MODULE_HEAP_BYTES);
    moduleHeap = struct;
    live.values().forEach(block -> assertThat(range(Home.MODULE).contains(block)).isFalse());
  }

  private void removeModuleHeap(Random random) {
    List<Block> inside = blocksOf(Home.MODULE);
    for (Block block : inside) {
      live.remove(ALIASES.cached(block.address()));
      free(block, random.nextBoolean());
    }
    assertThat(dump(Home.MODULE).chunks()).as("HEAP-14 of a module: one free chunk").hasSize(3);
    int memory = machine.ram.load32(moduleHeap + SysHeap.INIT_MEM.offset());
    machine.sofHeap.rfree(memory);
    machine.sofHeap.rfree(moduleHeap);
    moduleHeap = 0;
  }

  // What is seen from outside.

  private int kHeap(Home home) {
    return switch (home) {
      case SYSTEM -> machine.systemHeap;
      case SHARED -> machine.sharedHeap;
      case L3 -> machine.l3Heap;
      case USER -> machine.userHeap;
      case MODULE -> moduleHeap;
      case VIRTUAL -> throw new IllegalArgumentException("the virtual heap has no k_heap");
    };
  }

  /** The heaps of chunks that there are now. */
  private List<Home> chunkHeaps() {
    List<Home> heaps = new ArrayList<>(List.of(Home.SYSTEM, Home.SHARED, Home.L3, Home.USER));
    if (moduleHeap != 0) {
      heaps.add(Home.MODULE);
    }
    return heaps;
  }

  private int zHeap(Home home) {
    return machine.ram.load32(kHeap(home) + SysHeap.HEAP.offset());
  }

  private HeapDump dump(Home home) {
    return HeapDump.of(machine.ram, zHeap(home), false, false);
  }

  private Range range(Home home) {
    return switch (home) {
      case SYSTEM -> region("system", "system_heap_bytes");
      case SHARED -> region("shared", "shared_heap_bytes");
      case L3 -> region("l3", "l3_bytes");
      case VIRTUAL -> region("virtual", "virtual_heap_bytes");
      case USER, MODULE ->
          new Range(
              ALIASES.cached(machine.ram.load32(kHeap(home) + SysHeap.INIT_MEM.offset())),
              machine.ram.load32(kHeap(home) + SysHeap.INIT_BYTES.offset()));
    };
  }

  private Range region(String name, String bytes) {
    return new Range(ALIASES.cached(machine.pointers.start(name)), machine.number(bytes));
  }

  private List<Block> blocksOf(Home home) {
    return live.values().stream().filter(block -> block.source().home == home).toList();
  }

  /** All that an allocation from a heap may change: its chunks, or blocks and pages. */
  private List<Object> stateOf(Home home) {
    if (home != Home.VIRTUAL) {
      return List.of(dump(home).chunks(), dump(home).badLeft());
    }
    int heap = machine.virtualBuffers();
    List<Object> taken = new ArrayList<>(List.of(machine.pages.freePages()));
    for (int bundle = 0; bundle < machine.virtual.bundles(heap).size(); bundle++) {
      for (int block = 0; block < machine.virtual.blockCount(heap, bundle); block++) {
        if (machine.virtual.isTaken(heap, bundle, block)) {
          taken.add(bundle + ":" + block + machine.virtual.isSpanned(heap, bundle, block));
        }
      }
    }
    return taken;
  }

  private Map<Home, Object> states() {
    Map<Home, Object> states = new LinkedHashMap<>();
    chunkHeaps().forEach(home -> states.put(home, stateOf(home)));
    states.put(Home.VIRTUAL, stateOf(Home.VIRTUAL));
    return states;
  }

  // What has to hold.

  private void requireHome(Block block) {
    Home home = block.source().home;
    assertThat(range(home).contains(block)).as("HEAP-12: %s in %s", block, home).isTrue();
    boolean isOuter = home == Home.VIRTUAL;
    for (Home nested : List.of(Home.USER, Home.MODULE)) {
      if (isOuter && (nested == Home.USER || moduleHeap != 0)) {
        assertThat(range(nested).contains(block)).as("HEAP-1: %s in %s", block, nested).isFalse();
      }
    }
    boolean isUncached = (block.source().flags & MemFlags.COHERENT) != 0;
    assertThat(ALIASES.isCached(block.address())).as("alias of %s", block).isEqualTo(!isUncached);
    assertThat(block.address() % boundary(block)).as("alignment of %s", block).isZero();
  }

  /** Whole lines for whom the cache matters; the virtual heap does not align. */
  private static int boundary(Block block) {
    return switch (block.source().home) {
      case L3 -> block.align();
      case VIRTUAL -> 1;
      default -> Math.max(block.align(), LINE);
    };
  }

  /** HEAP-3; and HEAP-9 where blocks have whole cache lines. */
  private void requireApart(Block block) {
    int start = ALIASES.cached(block.address());
    int step = block.source().home == Home.L3 || block.source().home == Home.VIRTUAL ? 1 : LINE;
    Map.Entry<Integer, Block> below = live.floorEntry(start);
    Map.Entry<Integer, Block> above = live.ceilingEntry(start);
    if (below != null) {
      int end = below.getKey() + below.getValue().bytes();
      assertThat((end + step - 1) / step).as("below %s", block).isLessThanOrEqualTo(start / step);
    }
    if (above != null) {
      int end = start + block.bytes();
      assertThat((end + step - 1) / step)
          .as("above %s", block)
          .isLessThanOrEqualTo(above.getKey() / step);
    }
  }

  private void requireChunks() {
    for (Home home : chunkHeaps()) {
      TreeMap<Integer, HeapInvariants.Block> blocks =
          new TreeMap<>(own.getOrDefault(home, new TreeMap<>()));
      boolean isCached = ALIASES.isCached(zHeap(home));
      for (Block block : blocksOf(home)) {
        int address =
            isCached ? ALIASES.cached(block.address()) : ALIASES.uncached(block.address());
        blocks.put(address, new HeapInvariants.Block(block.bytes(), boundary(block), 0));
      }
      HeapInvariants.checkChunks(machine.ram, zHeap(home), CHUNKS, blocks);
    }
  }

  private void rememberOwnBlocks() {
    for (Home home : chunkHeaps()) {
      TreeMap<Integer, HeapInvariants.Block> blocks = new TreeMap<>();
      List<List<Integer>> chunks = dump(home).chunks();
      for (List<Integer> chunk : chunks.subList(1, chunks.size() - 1)) {
        if (chunk.get(2) != 0) {
          blocks.put(zHeap(home) + 8 * chunk.get(0) + 4, new HeapInvariants.Block(1, 1, 0));
        }
      }
      own.put(home, blocks);
    }
  }

  private static int bytes(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> 1 + random.nextInt(40_000);
      case 1, 2 -> 1 + random.nextInt(8_000);
      default -> 1 + random.nextInt(1_500);
    };
  }

  private void allocateOne(Source source, Random random) {
    int bytes = bytes(random);
    int align = 1 << random.nextInt(9);
    List<Object> before = stateOf(source.home);
    int address = allocate(source, bytes, align);
    if (address == 0) {
      failures.merge(source, 1, Integer::sum);
      assertThat(stateOf(source.home)).as("HEAP-11, %s", source).isEqualTo(before);
      return;
    }
    Block block = new Block(source, address, bytes, align);
    requireHome(block);
    requireApart(block);
    live.put(ALIASES.cached(address), block);
  }

  private void freeOne(Random random) {
    List<Integer> keys = new ArrayList<>(live.keySet());
    Block block = live.remove(keys.get(random.nextInt(keys.size())));
    free(block, random.nextBoolean());
  }

  @Property(tries = 5)
  void everyBlockComesFromTheHeapThatIsAskedForAndGoesBackThere(@ForAll long seed) {
    Random random = new Random(seed);
    Source[] sources = Source.values();
    rememberOwnBlocks();
    Map<Home, Object> empty = new HashMap<>(states());
    int heapsMade = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      Source source = sources[random.nextInt(sources.length)];
      if (moduleHeap == 0 && random.nextInt(20) == 0) {
        makeModuleHeap();
        heapsMade += moduleHeap == 0 ? 0 : 1;
      } else if (moduleHeap != 0 && random.nextInt(400) == 0) {
        removeModuleHeap(random);
      } else if (live.isEmpty() || live.size() < MOST_BLOCKS && random.nextInt(20) < 11) {
        if (source.home != Home.MODULE || moduleHeap != 0) {
          allocateOne(source, random);
        }
      } else {
        freeOne(random);
      }
      if (i % CHECK_EVERY == 0) {
        requireChunks();
      }
    }
    if (moduleHeap != 0) {
      removeModuleHeap(random);
    }
    live.values().forEach(block -> free(block, random.nextBoolean()));
    live.clear();
    assertThat(states()).as("HEAP-14, chunk by chunk and page by page").isEqualTo(empty);
    assertThat(failures).as("every source ran out of memory").containsOnlyKeys(sources);
    assertThat(heapsMade).as("heaps of modules").isGreaterThan(10);
  }
}
