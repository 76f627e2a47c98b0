package io.ringfence.firmware.cached;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.cached.CachedRegion.Part;
import io.ringfence.firmware.cached.CachedRegion.Result;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CachedRegionTest {
  private static CachedRegion region(Fix... fixes) {
    Design design = new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of());
    return new CachedRegion(design, 2, 0, 2, 2);
  }

  @Test
  void aCoreThatReadsTheControlStructureTooEarlyFollowsNull() {
    CachedRegion region = region();
    assertThat(region.get(1)).isTrue();
    assertThat(region.result()).isEqualTo(Result.RAW);
    region.setInterim(0);
    assertThat(region.alloc(1, 0)).isTrue();
    assertThat(region.lastFault()).contains("NULL").contains("read");
    assertThat(region.isHeld(0)).isFalse();
  }

  @Test
  void aLostReferenceFreesTheRegionUnderItsUser() {
    CachedRegion region = region();
    region.evict(0, Part.CONTROL);
    region.get(1);
    assertThat(region.result()).isEqualTo(Result.CURRENT);
    region.put(0);
    assertThat(region.isFreed()).isTrue();
    assertThat(region.references(1)).isEqualTo(1);
  }

  @Test
  void aHeapThatWasNotWrittenBackEndsAtZeroOnAnotherCoreWhichHasNoLogarithm() {
    CachedRegion region = region();
    region.setInterim(0);
    region.get(0);
    region.evict(0, Part.CONTROL);
    region.get(1);
    region.alloc(1, 0);
    assertThat(region.result()).isEqualTo(Result.RAW);
    assertThat(region.isHeld(0)).isFalse();
    assertThat(region.lastFault()).startsWith("UNMAPPED");
  }

  @Test
  void writingTheNewHeapBackOnceGivesTwoCoresTheSameBlock() {
    CachedRegion region = region(Fix.REGION_CONTROL);
    region.get(1);
    region.setInterim(0);
    region.alloc(0, 0);
    assertThat(region.result()).isEqualTo(Result.CURRENT);
    region.alloc(1, 1);
    assertThat(region.result()).isEqualTo(Result.STALE);
    assertThat(region.pointer(0)).isEqualTo(region.pointer(1));
  }

  @Test
  void uncachedHeadersGiveEachCoreABlockInLinesOfItsOwn() {
    CachedRegion region = region(Fix.REGION_CONTROL, Fix.REGION_HEAP_UNCACHED);
    region.get(1);
    region.prefetch(1, Part.HEAP);
    region.setInterim(0);
    region.alloc(0, 0);
    region.alloc(1, 1);
    assertThat(region.result()).isEqualTo(Result.CURRENT);
    assertThat(region.line(0)).isEqualTo(1);
    assertThat(region.line(1)).isEqualTo(3);
    assertThat(region.blockBytes(0)).isEqualTo(64);
    assertThat(region.pointer(0)).as("a cached address").isNegative();
  }

  @Test
  void whatAClientMayNotDoIsNotDone() {
    CachedRegion region = region();
    assertThat(region.put(1)).isFalse();
    assertThat(region.setInterim(1)).isFalse();
    assertThat(region.alloc(0, 0)).as("before the interim mode").isFalse();
    assertThat(region.evict(1, Part.HEAP)).isFalse();
    assertThat(region.put(0)).isTrue();
    assertThat(region.isFreed()).isTrue();
    assertThat(region.get(0)).isFalse();
    assertThat(region.prefetch(0, Part.HEAP)).isFalse();
  }
}
