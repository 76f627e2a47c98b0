package io.ringfence.firmware.cached;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.cached.BlockClients.Use;
import io.ringfence.firmware.cached.CachedBlocks.Result;
import io.ringfence.firmware.cached.CachedBlocks.Source;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random runs of two clients on two cores, with caches that fetch and evict as they like. */
class CachedBlocksProperties {
  private static final int OPERATIONS = 10_000;

  private static CachedBlocks blocks(Source source, Set<Fix> fixes) {
    Design design = new Design(Variant.MERGED, fixes, Set.of(), false, Set.of());
    return new CachedBlocks(
        design,
        source,
        128,
        new BlockClients(2, List.of(Use.PRIVATE, Use.SHARED), Set.of(1), true, true, true));
  }

  /** Counts the reads that gave something else than what was written last. */
  private static int staleReads(CachedBlocks blocks, Random random) {
    int stale = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      int core = random.nextInt(2);
      int client = random.nextInt(2);
      boolean done =
          switch (random.nextInt(10)) {
            case 0, 1 -> blocks.alloc(core, client);
            case 2, 3, 4 -> blocks.write(core, client, 1 + random.nextInt(0xfffe));
            case 5 -> blocks.handOver(core, client);
            case 6 -> blocks.free(core, client);
            case 7 -> blocks.freeByAlias(core, client);
            case 8 -> blocks.prefetch(core, 1);
            default -> blocks.evict(core, 1);
          };
      if (done && blocks.read(core, client)) {
        stale += blocks.result() == Result.STALE ? 1 : 0;
      }
    }
    return stale;
  }

  @Property(tries = 8)
  void withTheFixesNoBlockIsEverOverwritten(@ForAll long seed) {
    Set<Fix> fixes = Set.of(Fix.FLUSH_BY_EITHER_ADDRESS, Fix.FLUSH_ON_OWNER);
    CachedBlocks blocks = blocks(Source.SYSTEM_HEAP, fixes);
    assertThat(staleReads(blocks, new Random(seed))).isZero();
  }

  @Property(tries = 8)
  void theVirtualHeapIsSafeIfBlocksAreFlushedOnTheirOwner(@ForAll long seed) {
    CachedBlocks blocks = blocks(Source.VIRTUAL_HEAP, Set.of(Fix.FLUSH_ON_OWNER));
    assertThat(staleReads(blocks, new Random(seed))).isZero();
  }

  /** It takes a few at once: about one of fifty sequences has no stale read. */
  @Property(tries = 3)
  void withoutThemOldLinesOverwriteNewOwners(@ForAll long seed) {
    Random random = new Random(seed);
    int stale = 0;
    for (int i = 0; i < 10; i++) {
      stale += staleReads(blocks(Source.SYSTEM_HEAP, Set.of()), random);
    }
    assertThat(stale).isPositive();
  }
}
