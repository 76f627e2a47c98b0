package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.FailureWatch;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.HeapInvariants;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.machine.Ram;
import io.ringfence.scenario.HeapSource.Call;
import io.ringfence.scenario.HeapSource.Home;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One random life of all heaps behind SOF's allocation functions, with what the callers know. */
final class SofHeapLife {
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final int PAGE = 4096;
  private static final int USER_BYTES = 4 * PAGE;
  private static final int DRIVER_BYTES = 2 * PAGE;
  private static final int MOST_BLOCKS = 400;

  /** Bytes of a chunk's header, and of a unit. */
  private static final int HEADER = 4;

  private static final int UNIT = 8;

  /** Blocks of the virtual heap start at multiples of the smallest one's size. */
  private static final int LEAST_VIRTUAL_BLOCK = 128;

  private static final int TOO_MUCH = 0x40000000;
  private static final int IGNORED =
      MemFlags.KERNEL | MemFlags.USER | MemFlags.DMA | MemFlags.LOW_POWER;

  private static final HeapConfig CHUNKS = new HeapConfig(false, 1, false, false, 3);
  private static final CacheAliases ALIASES = new CacheAliases(true);
  private static final String CONFIG =
      """
      {"aliases":true,"heap_cached":true,"shared_heap_bytes":%d,"virtual_heap":%b,
       "l3_heap":true,"user_heap_bytes":16384,"vpage_max_allocs":128,"hardening":1,"asserts":false,
       "system_heap_bytes":%d,"alloc_loops":3,
       "region_base":{"system":1048576,"shared":1572864,"virtual":2097152},"memory_fill":165,
       "vpages":32,"phys_pages":20,"l3_used":true,"l3_bytes":8192,"virtual_heap_bytes":1048576,
       "vm_bytes":2097152}
      """;

  /** Why an allocation failed. */
  enum Cause {
    NO_ROOM,
    NO_BYTES,
    TOO_LARGE,
    SIZE_WRAPS,
    MADE_TO_FAIL,
    REFUSED
  }

  /** Where the memory of a heap lies, uncached. */
  private record Range(int start, int bytes) {
    boolean contains(int address, int length) {
      int offset = ALIASES.uncached(address) - start;
      return offset >= 0 && offset + length <= bytes;
    }
  }

  private record Block(HeapSource source, int address, int bytes, int boundary) {}

  final Map<HeapSource, Map<Cause, Integer>> failures = new EnumMap<>(HeapSource.class);
  final Map<HeapSource, Integer> successes = new EnumMap<>(HeapSource.class);

  private final HeapsMachine machine;
  private final Ram ram;
  private final Random random;
  private final boolean hasVirtual;
  private final int driverHeap;
  private final FailureWatch watch;
  private final Map<Home, Range> ranges = new EnumMap<>(Home.class);
  private final Map<Home, Integer> kHeaps = new EnumMap<>(Home.class);

  /** The blocks of the start, among them heaps in heaps. */
  private final Map<Home, TreeMap<Integer, HeapInvariants.Block>> atStart =
      new EnumMap<>(Home.class);

  private final Map<Home, HeapDump> dumpsAtStart;
  private final int freePagesAtStart;
  private final int failCountdown;
  private final TreeMap<Integer, Block> live = new TreeMap<>();

  SofHeapLife(Random random, boolean hasShared, boolean hasVirtual) {
    this.random = random;
    this.hasVirtual = hasVirtual;
    this.machine = machine(hasShared, hasVirtual);
    this.ram = machine.ram;
    machine.bootHeaps();
    if (hasVirtual) {
      assertThat(machine.bootVirtualHeap()).isZero();
    }
    int user = machine.bootUserHeap();
    driverHeap = machine.allocateStatic(KHeap.STRUCT.size());
    int driver = machine.sofHeap.rballocAlign(MemFlags.COHERENT, DRIVER_BYTES, PAGE);
    machine.sofHeap.initHeap(driverHeap, driver, DRIVER_BYTES);
    addHeap(Home.SYSTEM, "system", "system_heap_bytes", machine.systemHeap);
    addHeap(Home.L3, "l3", "l3_bytes", machine.l3Heap);
    if (hasShared) {
      addHeap(Home.SHARED, "shared", "shared_heap_bytes", machine.sharedHeap);
    }
    addHeap(Home.USER, new Range(ALIASES.uncached(user), USER_BYTES), machine.userHeap);
    addHeap(Home.DRIVER, new Range(ALIASES.uncached(driver), DRIVER_BYTES), driverHeap);
    if (hasVirtual) {
      ranges.put(Home.VIRTUAL, range("virtual", "virtual_heap_bytes"));
    }
    dumpsAtStart = dumps();
    freePagesAtStart = machine.pages.freePages();
    this.watch = new FailureWatch(ram);
    machine.sofHeap.failAllocation(1);
    Set<Integer> countdown = watch.changedWords();
    assertThat(countdown).hasSize(1);
    failCountdown = countdown.iterator().next();
    machine.sofHeap.failAllocation(0);
  }

  /** All heaps are so small that each of them is full at times. */
  private static HeapsMachine machine(boolean hasShared, boolean hasVirtual) {
    int system = hasVirtual ? 16384 : 16384 + USER_BYTES + DRIVER_BYTES;
    String config = CONFIG.formatted(hasShared ? 8192 : 0, hasVirtual, system);
    try {
      return new HeapsMachine(new ObjectMapper().readTree(config));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Range range(String region, String bytes) {
    return new Range(ALIASES.uncached(machine.pointers.start(region)), machine.number(bytes));
  }

  private void addHeap(Home home, String region, String bytes, int kHeap) {
    addHeap(home, range(region, bytes), kHeap);
  }

  private void addHeap(Home home, Range range, int kHeap) {
    ranges.put(home, range);
    kHeaps.put(home, kHeap);
    TreeMap<Integer, HeapInvariants.Block> blocks = new TreeMap<>();
    List<List<Integer>> chunks = dump(home).chunks();
    for (List<Integer> chunk : chunks.subList(1, chunks.size() - 1)) {
      if (chunk.get(2) != 0) {
        int address = memory(home) + UNIT * chunk.get(0) + HEADER;
        blocks.put(address, new HeapInvariants.Block(1, 1, 0));
      }
    }
    atStart.put(home, blocks);
  }

  /** The {@code z_heap} of a heap. */
  private int memory(Home home) {
    return ram.load32(SysHeap.HEAP.in(kHeaps.get(home)));
  }

  private HeapDump dump(Home home) {
    return HeapDump.of(ram, memory(home), false, false);
  }

  private Map<Home, HeapDump> dumps() {
    Map<Home, HeapDump> dumps = new EnumMap<>(Home.class);
    kHeaps.keySet().forEach(home -> dumps.put(home, dump(home)));
    return dumps;
  }

  private Home home(HeapSource source) {
    return source.home(kHeaps.containsKey(Home.SHARED), hasVirtual);
  }

  void step() {
    if (live.isEmpty() || live.size() < MOST_BLOCKS && random.nextInt(20) < 15) {
      HeapSource source = HeapSource.values()[random.nextInt(HeapSource.values().length)];
      if (random.nextInt(12) == 0) {
        refuse(source);
      } else {
        allocate(source);
      }
    } else {
      int key = new ArrayList<>(live.keySet()).get(random.nextInt(live.size()));
      free(live.remove(key));
    }
  }

  // Allocation.

  private void allocate(HeapSource source) {
    Home home = home(source);
    Cause cause =
        switch (random.nextInt(12)) {
          case 0 -> Cause.NO_BYTES;
          case 1 -> Cause.SIZE_WRAPS;
          case 2 -> Cause.TOO_LARGE;
          case 3 -> home == Home.L3 || home == Home.VIRTUAL ? Cause.NO_ROOM : Cause.MADE_TO_FAIL;
          default -> Cause.NO_ROOM;
        };
    int bytes =
        switch (cause) {
          case NO_BYTES -> 0;
          case SIZE_WRAPS -> -1 - random.nextInt(LINE - 1);
          case TOO_LARGE -> TOO_MUCH + random.nextInt(PAGE);
          default -> 1 + random.nextInt(random.nextInt(10) == 0 ? 2 * PAGE : 700);
        };
    int align = random.nextInt(4) == 0 ? 0 : 1 << random.nextInt(home == Home.VIRTUAL ? 7 : 10);
    machine.sofHeap.failAllocation(cause == Cause.MADE_TO_FAIL ? 1 : 0);
    watch.begin();
    int address = call(source, source.flags | ignoredFlags(source), bytes, align);
    if (address == 0) {
      fail(source, cause);
      if (cause == Cause.NO_ROOM) {
        requireFull(home, bytes, align);
      }
      return;
    }
    assertThat(cause).as("HEAP-17: %d bytes from %s", bytes, source).isEqualTo(Cause.NO_ROOM);
    successes.merge(source, 1, Integer::sum);
    add(new Block(source, address, bytes, boundary(home, align)));
  }

  private int ignoredFlags(HeapSource source) {
    return random.nextInt() & (source.call == Call.SYSCALL ? MemFlags.DMA : IGNORED);
  }

  private int call(HeapSource source, int flags, int bytes, int align) {
    int heap = source.named == null ? 0 : kHeaps.get(source.named);
    return switch (source.call) {
      case RMALLOC -> machine.sofHeap.rmallocAlign(flags, bytes, align);
      case RBALLOC -> machine.sofHeap.rballocAlign(flags, bytes, align);
      case SOF_HEAP_ALLOC -> machine.sofHeap.alloc(heap, flags, bytes, align);
      case SYSCALL -> {
        machine.enterUser(0, true);
        try {
          yield machine.sofHeap.alloc(heap, flags, bytes, align);
        } finally {
          machine.enterKernel(0);
        }
      }
    };
  }

  /** What a block has to be aligned to: blocks of cached heaps to whole lines at least. */
  private static int boundary(Home home, int align) {
    return switch (home) {
      case L3 -> Math.max(HEADER, align);
      case VIRTUAL -> LEAST_VIRTUAL_BLOCK;
      default -> Math.max(LINE, align);
    };
  }

  /** Calls that no size makes right: wrong flags, another core, a user with the wrong heap. */
  private void refuse(HeapSource source) {
    int bytes = 1 + random.nextInt(100);
    watch.begin();
    switch (source) {
      case L3 -> assertThat(call(source, source.flags | MemFlags.COHERENT, bytes, 0)).isZero();
      case L3_BUFFER -> {
        machine.enterKernel(1);
        assertThat(call(source, source.flags, bytes, 0)).isZero();
        machine.enterKernel(0);
      }
      case USER_HEAP_BY_USER -> {
        int[] forbidden = {MemFlags.KERNEL, MemFlags.L3, MemFlags.USER_SHARED_BUFFER};
        int flags = source.flags | forbidden[random.nextInt(forbidden.length)];
        assertThatThrownBy(() -> call(source, flags, bytes, 0)).isInstanceOf(KernelOops.class);
        machine.enterUser(0, true);
        int[] foreign = {0, machine.systemHeap, driverHeap};
        int heap = foreign[random.nextInt(foreign.length)];
        assertThatThrownBy(() -> machine.sofHeap.alloc(heap, source.flags, bytes, 0))
            .isInstanceOf(KernelOops.class);
        machine.enterKernel(0);
      }
      default -> {
        return;
      }
    }
    fail(source, Cause.REFUSED);
  }

  /** HEAP-11: nothing but heads of lists of free chunks may have moved. */
  private void fail(HeapSource source, Cause cause) {
    Set<Integer> changed = watch.changedWords();
    if (cause == Cause.MADE_TO_FAIL) {
      assertThat(changed).as("the failure that was ordered").contains(failCountdown);
      changed.remove(failCountdown);
    }
    Home home = home(source);
    if (kHeaps.containsKey(home)) {
      int heap = ALIASES.uncached(memory(home));
      if (changed.removeAll(HeapInvariants.listHeads(ram, heap, CHUNKS))) {
        checkChunks(home);
      }
    }
    assertThat(changed).as("HEAP-11: words changed by %s, %s", source, cause).isEmpty();
    failures
        .computeIfAbsent(source, key -> new EnumMap<>(Cause.class))
        .merge(cause, 1, Integer::sum);
  }

  /** A request that fails for want of room must have no room: above its bucket, all chunks fit. */
  private void requireFull(Home home, int bytes, int align) {
    if (home == Home.VIRTUAL) {
      int pages = (bytes + PAGE - 1) / PAGE;
      boolean hasPages = machine.pages.freePages() >= pages;
      int heap = machine.virtualBuffers();
      for (int bundle : machine.virtual.bundles(heap)) {
        for (int i = 0; hasPages && i < machine.virtual.blockCount(heap, bundle); i++) {
          assertThat(
                  machine.virtual.blockBytes(heap, bundle) >= bytes
                      && !machine.virtual.isTaken(heap, bundle, i))
              .as("block %d of bundle %d would do for %d bytes", i, bundle, bytes)
              .isFalse();
        }
      }
      return;
    }
    int rounded = home == Home.L3 ? bytes : bytes + LINE - 1 & -LINE;
    int units = (rounded + boundary(home, align) + UNIT - 1) / UNIT;
    for (List<Integer> chunk : dump(home).chunks()) {
      assertThat(chunk.get(2) != 0 || chunk.get(1) < 2 * units)
          .as("chunk %s of %s has no room for %d units", chunk, home, units)
          .isTrue();
    }
  }

  private void add(Block block) {
    Home home = home(block.source());
    int address = block.address();
    ranges.forEach(
        (other, range) -> {
          boolean isOuter =
              (home == Home.USER || home == Home.DRIVER)
                  && other == (hasVirtual ? Home.VIRTUAL : Home.SYSTEM);
          assertThat(range.contains(address, block.bytes()))
              .as("HEAP-12: whether %s is in the heap %s", block, other)
              .isEqualTo(other == home || isOuter);
        });
    assertThat(Integer.remainderUnsigned(address, block.boundary()))
        .as("HEAP-3: alignment of %s", block)
        .isZero();
    boolean isCached = home == Home.L3 || !block.source().has(MemFlags.COHERENT);
    assertThat(ALIASES.isCached(address)).as("the window of %s", block).isEqualTo(isCached);
    requireApart(block);
    live.put(ALIASES.uncached(address), block);
    for (int i = 0; i + Integer.BYTES <= block.bytes(); i += Integer.BYTES) {
      ram.store32(address + i, content(block, i));
    }
  }

  private static int content(Block block, int offset) {
    return 0x9e3779b9 * (block.address() + offset);
  }

  /** HEAP-3, and HEAP-9 where blocks have whole cache lines. */
  private void requireApart(Block block) {
    int start = ALIASES.uncached(block.address());
    Map.Entry<Integer, Block> below = live.floorEntry(start);
    Map.Entry<Integer, Block> above = live.ceilingEntry(start);
    if (below != null) {
      assertThat(below.getKey() + extent(below.getValue())).as("below").isLessThanOrEqualTo(start);
    }
    if (above != null) {
      assertThat(start + extent(block)).as("above").isLessThanOrEqualTo(above.getKey());
    }
  }

  /** The bytes that are a block's alone. */
  private int extent(Block block) {
    return home(block.source()) == Home.L3 ? block.bytes() : block.bytes() + LINE - 1 & -LINE;
  }

  // Freeing.

  /** Frees by either alias where the allocator takes either (all but L3 ). */
  private void free(Block block) {
    int address = block.address();
    for (int i = 0; i + Integer.BYTES <= block.bytes(); i += Integer.BYTES) {
      if (ram.load32(address + i) != content(block, i)) {
        assertThat(i).as("a word of %s was overwritten", block).isNegative();
      }
    }
    HeapSource source = block.source();
    if (home(source) != Home.L3 && random.nextBoolean()) {
      address = ALIASES.isCached(address) ? ALIASES.uncached(address) : ALIASES.cached(address);
    }
    switch (source.call) {
      case RMALLOC, RBALLOC -> machine.sofHeap.rfree(address);
      case SOF_HEAP_ALLOC ->
          machine.sofHeap.free(source.named == null ? 0 : kHeaps.get(source.named), address);
      case SYSCALL -> {
        machine.enterUser(0, true);
        machine.sofHeap.free(machine.userHeap, address);
        machine.enterKernel(0);
      }
    }
  }

  // Checks.

  /** HEAP-3 to HEAP-7 of all heaps that have chunks, and HEAP-2: each has its own blocks only. */
  void check() {
    kHeaps.keySet().forEach(this::checkChunks);
  }

  private void checkChunks(Home home) {
    TreeMap<Integer, HeapInvariants.Block> blocks = new TreeMap<>(atStart.get(home));
    for (Block block : live.values()) {
      if (home(block.source()) == home) {
        int window = memory(home) & ~0x1fffffff;
        int address = ALIASES.uncached(block.address()) & 0x1fffffff | window;
        blocks.put(address, new HeapInvariants.Block(extent(block), block.boundary(), 0));
      }
    }
    HeapInvariants.checkChunks(ram, memory(home), CHUNKS, blocks);
  }

  /** HEAP-14. */
  void freeAll() {
    live.values().forEach(this::free);
    live.clear();
    assertThat(dumps()).as("HEAP-14, chunk by chunk").isEqualTo(dumpsAtStart);
    assertThat(machine.pages.freePages()).as("HEAP-14, pages").isEqualTo(freePagesAtStart);
  }

  /** The causes for which a source has to have failed in a long life. */
  Set<Cause> causes(HeapSource source) {
    Set<Cause> causes = new TreeSet<>(Set.of(Cause.values()));
    Home home = home(source);
    if (home == Home.L3 || home == Home.VIRTUAL) {
      causes.remove(Cause.MADE_TO_FAIL);
    }
    if (home != Home.L3 && source.call != Call.SYSCALL) {
      causes.remove(Cause.REFUSED);
    }
    return causes;
  }
}
