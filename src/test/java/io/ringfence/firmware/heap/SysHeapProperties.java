package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryFault;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class SysHeapProperties {
  private static final int SYS = HeapBoard.SYS_HEAP;

  private static HeapConfig config(boolean big, int hardening) {
    return new HeapConfig(big, hardening, hardening == 2, true, 3);
  }

  @Property(tries = 30)
  void invariantsHoldAfterEveryOperation(
      @ForAll long seed,
      @ForAll boolean big,
      @ForAll @IntRange(max = 2) int hardening,
      @ForAll @IntRange(min = 128, max = 4096) int bytes) {
    SysHeapLife life = new SysHeapLife(config(big, hardening), bytes, new Random(seed));
    for (int step = 0; step < 400; step++) {
      life.step();
      life.check();
    }
    life.freeAll();
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void invariantsHoldOverTenThousandOperationsWithExhaustion(
      @ForAll long seed, @ForAll boolean big) {
    SysHeapLife life = new SysHeapLife(config(big, 2), 16384, new Random(seed));
    for (int step = 0; step < 12_000; step++) {
      life.step();
      if (step % 20 == 0) {
        life.check();
      }
    }
    life.freeAll();
    for (SysHeapLife.Event event : SysHeapLife.Event.values()) {
      assertThat(life.count(event)).as("how often: %s", event).isGreaterThan(30);
    }
  }

  /** First test vector of the domain brief, 6.12. */
  @Example
  void freshHeapHasOneChunkAndSplitsIt() {
    HeapBoard board = new HeapBoard(HeapConfig.RELEASE, 0);
    board.heap.init(SYS, HeapBoard.BUFFER, 1024);
    assertThat(board.heap.alloc(SYS, 100)).isEqualTo(HeapBoard.BUFFER + 52);
    HeapDump dump = HeapDump.of(board.ram, HeapBoard.BUFFER, false, false);
    assertThat(dump.chunks())
        .containsExactly(
            List.of(0, 6, 1), List.of(6, 13, 1), List.of(19, 108, 0), List.of(127, 0, 1));
    assertThat(dump.buckets()).containsExactly(List.of(6, List.of(19L)));
  }

  /** Second test vector of the domain brief, 6.12. */
  @Example
  void alignedBlockGivesPrefixAndSuffixBack() {
    HeapBoard board = new HeapBoard(HeapConfig.RELEASE, 0);
    board.heap.init(SYS, HeapBoard.BUFFER, 1024);
    assertThat(board.heap.alignedAlloc(SYS, 64, 64)).isEqualTo(HeapBoard.BUFFER + 64);
    HeapDump dump = HeapDump.of(board.ram, HeapBoard.BUFFER, false, false);
    assertThat(dump.chunks())
        .containsExactly(
            List.of(0, 6, 1),
            List.of(6, 1, 0),
            List.of(7, 9, 1),
            List.of(16, 111, 0),
            List.of(127, 0, 1));
    assertThat(dump.buckets()).containsExactly(List.of(0, List.of(6L)), List.of(6, List.of(16L)));
    assertThat(board.heap.alignedAlloc(SYS, 64, 64)).isEqualTo(HeapBoard.BUFFER + 192);
  }

  @Example
  void usingABlockWronglyIsSeenWhereItHappens() {
    HeapBoard board = new HeapBoard(HeapConfig.RELEASE, 0);
    board.heap.init(SYS, HeapBoard.BUFFER, 1024);
    int block = board.heap.alloc(SYS, 20);
    assertFault(FaultKind.UNINITIALIZED_READ, () -> board.cpu.load32(block));
    board.cpu.zero(block, 20);
    assertThat(board.cpu.load32(block)).isZero();
    assertFault(FaultKind.OUT_OF_BOUNDS, () -> board.cpu.store32(block + 20, 1));
    assertFault(FaultKind.OUT_OF_BOUNDS, () -> board.cpu.store32(block - 4, 1));
    board.heap.free(SYS, block);
    assertFault(FaultKind.USE_AFTER_FREE, () -> board.cpu.load32(block));
    assertThatThrownBy(() -> board.heap.free(SYS, block)).isInstanceOf(KernelPanic.class);
  }

  private static void assertFault(FaultKind kind, Runnable access) {
    assertThatThrownBy(access::run)
        .isInstanceOfSatisfying(
            MemoryFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  @Property(tries = 500)
  void reallocKeepsContentAndMarksOnlyNewBytesAsUnwritten(@ForAll long seed, @ForAll boolean big) {
    Random random = new Random(seed);
    HeapBoard board = new HeapBoard(config(big, 2), 0xa5);
    board.heap.init(SYS, HeapBoard.BUFFER, 4096);
    int size = 1 + random.nextInt(200);
    int block = board.heap.alloc(SYS, size);
    int neighbor = random.nextBoolean() ? board.heap.alloc(SYS, 8) : 0;
    for (int i = 0; i < size; i++) {
      board.cpu.store8(block + i, i * 7);
    }
    for (int round = 0; round < 6; round++) {
      int next = 1 + random.nextInt(300);
      block = board.heap.alignedRealloc(SYS, block, 1 << random.nextInt(7), next);
      assertThat(block).isNotZero();
      for (int i = 0; i < Math.min(size, next); i++) {
        assertThat(board.cpu.load8(block + i)).isEqualTo(i * 7 & 0xff);
      }
      for (int i = size; i < next; i++) {
        board.cpu.store8(block + i, i * 7);
      }
      int past = block + next;
      assertThatThrownBy(() -> board.cpu.load8(past)).isInstanceOf(MemoryFault.class);
      size = next;
    }
    board.heap.free(SYS, block);
    board.heap.free(SYS, neighbor);
    int zHeap = board.cpu.load(SysHeap.HEAP, SYS);
    HeapInvariants.checkChunks(board.ram, zHeap, config(big, 2), new TreeMap<>());
  }
}
