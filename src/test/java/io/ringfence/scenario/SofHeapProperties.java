package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Long random lives of all heaps behind SOF's allocation functions, in four builds. */
class SofHeapProperties {
  private static final int OPERATIONS = 12_000;
  private static final int CHECKED = 16;
  private static final int FEW = 50;

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void everyBlockComesFromTheHeapThatIsAskedForAndGoesBackThere(
      @ForAll long seed, @ForAll boolean hasShared, @ForAll boolean hasVirtual) {
    SofHeapLife life = new SofHeapLife(new Random(seed), hasShared, hasVirtual);
    for (int i = 0; i < OPERATIONS; i++) {
      life.step();
      if (i % CHECKED == 0) {
        life.check();
      }
    }
    life.freeAll();
    for (HeapSource source : HeapSource.values()) {
      assertThat(life.successes.getOrDefault(source, 0))
          .as("blocks of %s", source)
          .isGreaterThan(FEW);
      assertThat(life.failures.getOrDefault(source, Map.of()))
          .as("failures of %s by cause", source)
          .containsOnlyKeys(life.causes(source));
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
