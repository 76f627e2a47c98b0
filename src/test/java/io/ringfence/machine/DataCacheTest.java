package io.ringfence.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class DataCacheTest {
  private final CachedBoard board = new CachedBoard(2);
  private final DataCache cache = board.cache;
  private final Cpu cpu = board.cpu;

  @Test
  void aStoreIsInMemoryWhenTheLineWasWrittenBack() {
    board.run(0);
    cpu.store32(board.cached(8), 7);
    assertThat(cpu.load32(board.cached(8))).isEqualTo(7);
    assertThat(cpu.load32(board.uncached(8))).isZero();
    assertThat(cache.isDirty(0, board.cached(8))).isTrue();
    cache.writeBack(0, board.cached(8), 4);
    assertThat(cpu.load32(board.uncached(8))).isEqualTo(7);
    assertThat(cache.isDirty(0, board.cached(8))).isFalse();
    assertThat(cache.isValid(0, board.cached(8))).isTrue();
  }

  @Test
  void anotherCoreReadsItsOwnOldCopy() {
    board.run(1);
    assertThat(cpu.load32(board.cached(0))).isZero();
    board.run(0);
    cpu.store32(board.cached(0), 5);
    cache.flushAndInvalidate(0, board.cached(0), 4);
    board.run(1);
    assertThat(cpu.load32(board.cached(0))).as("stale").isZero();
    cache.invalidate(1, board.cached(0), 4);
    assertThat(cpu.load32(board.cached(0))).isEqualTo(5);
  }

  @Test
  void whatIsInvalidatedBeforeItIsWrittenBackIsLost() {
    board.run(0);
    cpu.store32(board.cached(0), 5);
    cache.invalidate(0, board.cached(0), 1);
    assertThat(cpu.load32(board.cached(0))).isZero();
  }

  @Test
  void aLineIsWrittenBackAsAWholeOverWhatOthersWroteBesideIt() {
    board.run(0);
    cpu.store8(board.cached(63), 1);
    board.run(1);
    cpu.store8(board.uncached(0), 9);
    cpu.store8(board.uncached(64), 9);
    cache.writeBack(0, board.cached(63), 1);
    assertThat(cpu.load8(board.uncached(63))).isEqualTo(1);
    assertThat(cpu.load8(board.uncached(0))).as("in the same line").isZero();
    assertThat(cpu.load8(board.uncached(64))).as("in the next line").isEqualTo(9);
  }

  @Test
  void rangesAreWidenedToWholeLinesAndClippedToTheCachedMemory() {
    board.run(0);
    for (int line = 0; line < 3; line++) {
      cpu.store32(board.cached(64 * line), 1 + line);
    }
    cache.writeBack(0, board.cached(60), 8);
    assertThat(cpu.load32(board.uncached(0))).isEqualTo(1);
    assertThat(cpu.load32(board.uncached(64))).isEqualTo(2);
    assertThat(cpu.load32(board.uncached(128))).isZero();
    cache.flushAndInvalidate(0, board.cached(-64), CachedBoard.BYTES + 128);
    assertThat(cpu.load32(board.uncached(128))).isEqualTo(3);
    cache.prefetch(0, board.cached(0), 0);
    assertThat(cache.isValid(0, board.cached(0))).isFalse();
  }

  @Test
  void maintenanceByAnUncachedAddressDoesNothing() {
    board.run(0);
    cpu.store32(board.cached(0), 1);
    cache.flushAndInvalidate(0, board.uncached(0), 4);
    assertThat(cache.isDirty(0, board.cached(0))).isTrue();
  }

  @Test
  void everyKindOfAccessGoesThroughTheCache() {
    board.run(0);
    cpu.store32(board.uncached(64), 0x01020304);
    cpu.zero(board.cached(64), 2);
    cpu.storeUntracked16(board.cached(68), 0xbeef);
    cpu.copy(board.cached(128), board.cached(64), 8);
    assertThat(cpu.load32(board.uncached(64))).isEqualTo(0x01020304);
    assertThat(cpu.load32(board.uncached(128))).isZero();
    cache.writeBack(0, board.cached(128), 4);
    assertThat(cpu.load16(board.uncached(130))).isEqualTo(0x0102);
    assertThat(cpu.load32(board.uncached(132))).isEqualTo(0xbeef);
    assertThat(cpu.loadUntracked16(board.uncached(128))).isZero();
  }

  @Test
  void theShadowBelongsToMemoryWhicheverWindowIsUsed() {
    board.ram.shadow().allocate(board.uncached(0), 8);
    board.run(0);
    assertThat(catchThrowableOfType(MemoryFault.class, () -> cpu.load32(board.cached(0))).kind())
        .isEqualTo(FaultKind.UNINITIALIZED_READ);
    cpu.store32(board.cached(0), 3);
    assertThat(cpu.load32(board.uncached(0))).as("written, but not here").isZero();
    board.ram.shadow().release(board.uncached(0), 8);
    assertThat(
            catchThrowableOfType(MemoryFault.class, () -> cpu.store32(board.cached(0), 1)).kind())
        .isEqualTo(FaultKind.USE_AFTER_FREE);
  }

  @Test
  void theCachesArePartOfASnapshotAndLeaveNothingBehind() {
    long empty = board.ram.contentHash();
    board.run(1);
    cpu.load32(board.cached(0));
    Snapshot fetched = board.ram.snapshot();
    cpu.store32(board.cached(0), 9);
    board.ram.restore(fetched);
    assertThat(cache.isValid(1, board.cached(0))).isTrue();
    assertThat(cache.isDirty(1, board.cached(0))).isFalse();
    cache.invalidate(1, board.cached(0), 4);
    assertThat(board.ram.contentHash()).isEqualTo(empty);
  }

  @Test
  void memoryOutsideOfTheCachedRangeIsNotCached() {
    int outside = CachedBoard.UNCACHED_PAGE + 8;
    board.run(0);
    cpu.store32(outside ^ 0xe0000000, 4);
    assertThat(cpu.load32(outside)).isEqualTo(4);
  }
}
