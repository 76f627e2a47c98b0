package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Snapshot;
import io.ringfence.machine.WordRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The allocator whose chunk headers are in a table apart from the blocks. */
class ChunkTableProperties {
  private static final int SYS = HeapBoard.SYS_HEAP;
  private static final int TABLE = HeapBoard.BUFFER;
  private static final int TABLE_BYTES = 2048;
  private static final int AREA = HeapBoard.BUFFER + 64 * 1024;
  private static final int LINE = CacheAliases.LINE_BYTES;
  private static final HeapConfig CONFIG = new HeapConfig(false, 2, true, false, 3);
  private static final Design WITH_TABLE =
      new Design(Variant.MERGED, Set.of(Fix.METADATA_OUTSIDE), Set.of(), false, Set.of());

  private final HeapBoard board = new HeapBoard(CONFIG, 0xa5);
  private final SysHeap heap = new SysHeap(board.cpu, CONFIG, WITH_TABLE);

  /**
   * HEAP-3, HEAP-6, HEAP-9 and HEAP-11 from outside, and that nothing is ever stored into the area
   * by the allocator, over 10,000 operations a try, most of them near exhaustion.
   */
  @Property(tries = 3)
  void blocksAreDisjointLinesAndTheAllocatorNeverWritesAmongThem(@ForAll long seed) {
    Random random = new Random(seed);
    int areaBytes = heap.initBeside(SYS, TABLE, TABLE_BYTES, AREA);
    TreeMap<Integer, Integer> live = new TreeMap<>();
    List<Integer> order = new ArrayList<>();
    int failures = 0;
    Snapshot start = board.ram.snapshot();
    for (int step = 0; step < 10_000; step++) {
      if (order.isEmpty() || random.nextInt(20) < 11) {
        int size = 1 + random.nextInt(random.nextInt(8) == 0 ? areaBytes : 600);
        int align = 1 << random.nextInt(10);
        String before = shape(board.ram);
        int block = heap.alignedAlloc(SYS, align, size);
        if (block == 0) {
          failures++;
          assertThat(shape(board.ram)).as("HEAP-11").isEqualTo(before);
          continue;
        }
        assertThat(block % Math.max(align, LINE)).as("HEAP-3 alignment, HEAP-9").isZero();
        assertThat(block - AREA).as("HEAP-3 in the area").isBetween(0, areaBytes - size);
        Map.Entry<Integer, Integer> below = live.floorEntry(block);
        assertThat(below == null || (below.getValue() - 1 | LINE - 1) < block)
            .as("HEAP-9 no line is shared with the block below")
            .isTrue();
        Integer above = live.ceilingKey(block);
        assertThat(above == null || (block + size - 1 | LINE - 1) < above).as("HEAP-9").isTrue();
        live.put(block, block + size);
        order.add(block);
      } else {
        int block = order.remove(random.nextInt(order.size()));
        live.remove(block);
        heap.free(SYS, block);
      }
    }
    assertThat(failures).as("allocations that failed for want of room").isGreaterThan(50);
    for (WordRange range : board.ram.diff(start, board.ram.snapshot())) {
      assertThat(range.address()).as("a word that the allocator wrote").isLessThan(AREA);
    }
    order.forEach(block -> heap.free(SYS, block));
    assertThat(heap.alloc(SYS, areaBytes)).as("HEAP-6 all is one chunk again").isEqualTo(AREA);
  }

  private static String shape(Ram ram) {
    return HeapDump.of(ram, TABLE, false, false).chunks().toString();
  }

  @Example
  void onlyTheStartOfALiveBlockIsABlock() {
    heap.initBeside(SYS, TABLE, TABLE_BYTES, AREA);
    int first = heap.alloc(SYS, 200);
    int second = heap.alloc(SYS, 10);
    for (int pointer :
        new int[] {first + 1, first + 8, first + LINE, second + 4, AREA - 1, TABLE}) {
      assertThat(heap.isBlock(SYS, pointer)).as("0x%08x", pointer).isFalse();
    }
    assertThat(heap.isBlock(SYS, first)).isTrue();
    heap.free(SYS, first);
    assertThat(heap.isBlock(SYS, first)).isFalse();
    assertThat(heap.isBlock(SYS, second)).isTrue();
  }

  @Example
  void theWalkToABlockEndsWhateverTheHeadersSay() {
    board.heap.init(SYS, HeapBoard.BUFFER, 1024);
    int block = board.heap.alloc(SYS, 100);
    int after = board.heap.alloc(SYS, 20);
    assertThat(board.heap.isBlock(SYS, after)).isTrue();
    for (int size : new int[] {0, 1, 3, 0xfffe, 0xffff}) {
      board.cpu.storeUntracked16(block - 2, size);
      assertThat(board.heap.isBlock(SYS, after)).as("size field %d", size).isFalse();
    }
  }

  @Example
  void aBuildWithHeadersInBandHasNoTable() {
    assertThatThrownBy(() -> board.heap.initBeside(SYS, TABLE, TABLE_BYTES, AREA))
        .isInstanceOf(IllegalStateException.class);
  }

  /** HEAP-17: no size or alignment wraps to a block that is smaller than what was asked for. */
  @Property(tries = 2000)
  void noRequestOfHalfOfMemoryOrMoreGetsABlock(@ForAll int bytes, @ForAll int align) {
    int huge = bytes | Integer.MIN_VALUE;
    int boundary = Integer.highestOneBit(align);
    board.heap.init(SYS, HeapBoard.BUFFER, 4096);
    assertThat(board.heap.alloc(SYS, huge)).isZero();
    assertThat(board.heap.alignedAlloc(SYS, boundary, huge)).isZero();
    assertThat(board.heap.alignedAlloc(SYS, Integer.MIN_VALUE, 8)).isZero();
  }

  @Example
  void theSeededWrapGivesAByteForFourGibibytes() {
    Design wraps = new Design(Variant.MERGED, Set.of(), Set.of(Defect.SIZE_WRAPS), false, Set.of());
    SysHeap broken = new SysHeap(board.cpu, CONFIG, wraps);
    broken.init(SYS, HeapBoard.BUFFER, 4096);
    assertThat(broken.alloc(SYS, -1)).isNotZero();
  }
}
