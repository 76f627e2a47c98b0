package io.ringfence.firmware.cached;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.cached.BlockClients.Use;
import io.ringfence.firmware.cached.CachedBlocks.Result;
import io.ringfence.firmware.cached.CachedBlocks.Source;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CachedBlocksTest {
  private static final int BUF = 0;
  private static final int CTX = 1;

  private static CachedBlocks blocks(Source source, Set<Fix> fixes, Set<Defect> defects) {
    Design design = new Design(Variant.MERGED, fixes, defects, false, Set.of());
    return new CachedBlocks(
        design,
        source,
        256,
        new BlockClients(2, List.of(Use.PRIVATE, Use.SHARED), Set.of(1), false, true, true));
  }

  private static CachedBlocks systemHeap(Defect... defects) {
    return blocks(Source.SYSTEM_HEAP, Set.of(), Set.of(defects));
  }

  @Test
  void anUncachedBlockIsRoundedToALineSinceAHeaderFollowsIt() {
    CachedBlocks rounded = systemHeap();
    rounded.alloc(0, CTX);
    assertThat(rounded.bytes(CTX)).isEqualTo(64);
    CachedBlocks tight = systemHeap(Defect.UNCACHED_NOT_ROUNDED);
    tight.alloc(0, CTX);
    assertThat(tight.bytes(CTX)).isEqualTo(40);
    tight.alloc(0, BUF);
    assertThat(tight.bytes(BUF)).as("cached").isEqualTo(64);
    assertThat(tight.line(BUF)).as("its header is in the line of the other").isEqualTo(2);
  }

  @Test
  void aSharedObjectThatIsCachedIsReadStale() {
    CachedBlocks blocks = systemHeap(Defect.SHARED_CACHED);
    blocks.alloc(0, CTX);
    blocks.write(0, CTX, 3);
    assertThat(blocks.read(0, CTX)).isTrue();
    assertThat(blocks.result()).isEqualTo(Result.GOOD);
    blocks.read(1, CTX);
    assertThat(blocks.result()).isEqualTo(Result.STALE);
  }

  @Test
  void aLineThatRegionFreeLeftBehindIsWrittenOverTheNextOwner() {
    Set<Fix> coherent = Set.of(Fix.REGION_CONTROL, Fix.REGION_HEAP_UNCACHED);
    CachedBlocks blocks = blocks(Source.REGION, coherent, Set.of());
    blocks.alloc(0, BUF);
    blocks.write(0, BUF, 1);
    blocks.free(0, BUF);
    blocks.alloc(1, CTX);
    assertThat(blocks.line(CTX)).as("the same block").isEqualTo(1);
    blocks.write(1, CTX, 2);
    blocks.evict(0, 1);
    assertThat(blocks.memory(1)).isEqualTo(1);
    blocks.read(1, CTX);
    assertThat(blocks.result()).isEqualTo(Result.STALE);
  }

  @Test
  void onlyWhoHasABlockMayUseIt() {
    CachedBlocks blocks = systemHeap();
    assertThat(blocks.write(0, BUF, 1)).isFalse();
    assertThat(blocks.free(0, BUF)).isFalse();
    blocks.alloc(0, BUF);
    assertThat(blocks.alloc(0, BUF)).isFalse();
    assertThat(blocks.read(0, BUF)).as("never written").isFalse();
    assertThat(blocks.write(1, BUF, 1)).as("on another core").isFalse();
    assertThat(blocks.free(1, BUF)).isFalse();
    assertThat(blocks.handOver(0, BUF)).isFalse();
    assertThat(blocks.handOver(1, BUF)).isTrue();
    assertThat(blocks.write(1, BUF, 1)).isTrue();
  }
}
