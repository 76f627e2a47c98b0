package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SysHeap;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long random lives of all heaps behind SOF's allocation functions. */
class SofHeapProperties {
  private static final int OPERATIONS = 10_000;
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final int MOST_BLOCKS = 120;
  private static final CacheAliases ALIASES = new CacheAliases(true);
  private static final String CONFIG =
      """
      {"aliases":true,"heap_cached":true,"shared_heap_bytes":16384,"virtual_heap":true,
       "l3_heap":true,"user_heap_bytes":65536,"vpage_max_allocs":128,"hardening":1,"asserts":false,
       "system_heap_bytes":65536,"alloc_loops":3,
       "region_base":{"system":1048576,"shared":1572864,"virtual":2097152},"memory_fill":165,
       "vpages":32,"phys_pages":64,"l3_used":true,"l3_bytes":16384,"virtual_heap_bytes":1048576,
       "vm_bytes":8388608}
      """;

  /** Where a block should come from, and how to ask for it there. */
  private enum Source {
    SYSTEM(0, "system"),
    SYSTEM_COHERENT(MemFlags.COHERENT, "system"),
    SHARED(MemFlags.USER_SHARED_BUFFER, "shared"),
    L3(MemFlags.L3, "l3"),
    BUFFER(0, "virtual"),
    BUFFER_COHERENT(MemFlags.COHERENT, "virtual"),
    USER_HEAP(MemFlags.COHERENT, "virtual"),
    LARGE(MemFlags.LARGE_BUFFER, "virtual");

    private final int flags;
    private final String region;

    Source(int flags, String region) {
      this.flags = flags;
      this.region = region;
    }
  }

  private record Block(Source source, int address, int bytes) {}

  private final HeapsMachine machine = machine();

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
      case BUFFER, BUFFER_COHERENT -> machine.sofHeap.rballocAlign(source.flags, bytes, 0);
      case USER_HEAP -> machine.sofHeap.alloc(machine.userHeap, source.flags, bytes, align);
      case LARGE -> machine.sofHeap.alloc(0, source.flags, bytes, 0);
    };
  }

  /** Frees by either alias where the allocator takes either (all but L3 ). */
  private void free(Block block, boolean otherAlias) {
    int address = block.address();
    if (otherAlias && block.source() != Source.L3) {
      address = ALIASES.isCached(address) ? ALIASES.uncached(address) : ALIASES.cached(address);
    }
    if (block.source() == Source.USER_HEAP) {
      machine.sofHeap.free(machine.userHeap, address);
    } else {
      machine.sofHeap.rfree(address);
    }
  }

  /** The chunks of each heap that is one of sys_heap's. */
  private Map<Integer, HeapDump> dumps() {
    Map<Integer, HeapDump> dumps = new HashMap<>();
    for (int heap :
        List.of(machine.systemHeap, machine.sharedHeap, machine.l3Heap, machine.userHeap)) {
      int memory = machine.ram.load32(heap + SysHeap.HEAP.offset());
      dumps.put(heap, HeapDump.of(machine.ram, memory, false, false));
    }
    return dumps;
  }

  private void requireHome(Block block) {
    int start = ALIASES.cached(machine.pointers.start(block.source().region));
    int offset = ALIASES.cached(block.address()) - start;
    int size =
        switch (block.source().region) {
          case "system" -> machine.number("system_heap_bytes");
          case "shared" -> machine.number("shared_heap_bytes");
          case "l3" -> machine.number("l3_bytes");
          default -> machine.number("virtual_heap_bytes");
        };
    assertThat(offset).as("HEAP-12: %s", block).isBetween(0, size - block.bytes());
  }

  @Property(tries = 5)
  void everyBlockComesFromTheHeapThatIsAskedForAndGoesBackThere(@ForAll long seed) {
    Random random = new Random(seed);
    Source[] sources = Source.values();
    Map<Integer, HeapDump> empty = dumps();
    int freePages = machine.pages.freePages();
    TreeMap<Integer, Block> live = new TreeMap<>();
    for (int i = 0; i < OPERATIONS; i++) {
      if (live.isEmpty() || live.size() < MOST_BLOCKS && random.nextBoolean()) {
        Source source = sources[random.nextInt(sources.length)];
        int bytes = 1 + random.nextInt(1500);
        int align = 1 << random.nextInt(9);
        int address = allocate(source, bytes, align);
        if (address != 0) {
          Block block = new Block(source, address, bytes);
          requireHome(block);
          requireApart(live, block);
          live.put(ALIASES.cached(address), block);
        }
      } else {
        int key = live.ceilingKey(live.firstKey());
        for (int skip = random.nextInt(live.size()); skip > 0; skip--) {
          key = live.higherKey(key);
        }
        free(live.remove(key), random.nextBoolean());
      }
    }
    live.values().forEach(block -> free(block, random.nextBoolean()));
    assertThat(dumps()).as("HEAP-14, chunk by chunk").isEqualTo(empty);
    assertThat(machine.pages.freePages()).as("HEAP-14, page by page").isEqualTo(freePages);
  }

  /** HEAP-3; and HEAP-9 where blocks of sys_heap have whole cache lines. */
  private static void requireApart(TreeMap<Integer, Block> live, Block block) {
    int start = ALIASES.cached(block.address());
    boolean wholeLines = block.source() != Source.L3 && block.source().region.equals("system");
    int step = wholeLines ? LINE : 1;
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
}
