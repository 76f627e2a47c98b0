package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryFault;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the virtual heap does wrong as it was merged, and no more when it is repaired. */
class VirtualHeapTest {
  private static final int REGION = VirtualHeapBoard.REGION;
  private static final int PAGE = PageDriver.PAGE_BYTES;

  private static Design with(Fix... fixes) {
    return new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of());
  }

  private static Design with(Defect defect) {
    return new Design(Variant.MERGED, Set.of(), Set.of(defect), false, Set.of());
  }

  private static VirtualHeapBoard board(
      Design design, boolean contiguous, int physicalPages, VirtualHeap.Bundle... bundles) {
    return new VirtualHeapBoard(design, List.of(bundles), contiguous, physicalPages);
  }

  private static VirtualHeap.Bundle blocks(int bytes, int count) {
    return new VirtualHeap.Bundle(bytes, count);
  }

  private static int alloc(VirtualHeapBoard board, int bytes) {
    return board.functions.alloc(board.heap, bytes);
  }

  private static int free(VirtualHeapBoard board, int address) {
    return board.functions.free(board.heap, address);
  }

  //

  @Test
  void afterAFailedMappingAContiguousHeapCanNeverFreeTheBlockThere() {
    VirtualHeapBoard board = board(Design.merged(), true, 1, blocks(1024, 8));
    assertThat(alloc(board, 5000)).as("two pages are needed, one is there").isZero();
    int block = alloc(board, 1000);
    assertThat(block).isEqualTo(REGION);
    assertThat(free(board, block)).isEqualTo(-Errno.EFAULT);
    assertThat(board.functions.isTaken(board.heap, 0, 0)).isTrue();
  }

  @Test
  void afterAFailedMappingAFreeTakesTheBlocksOfOthersAway() {
    VirtualHeapBoard board = board(Design.merged(), true, 2, blocks(1024, 8), blocks(4096, 1));
    int elsewhere = REGION + 2 * PAGE;
    assertThat(board.driver.map(elsewhere, PAGE)).as("others use physical pages, too").isZero();
    assertThat(alloc(board, 5000)).as("two pages are needed, one is there").isZero();
    assertThat(board.driver.unmap(elsewhere, PAGE)).isZero();
    int mine = alloc(board, 1000);
    int yours = alloc(board, 4096);
    assertThat(yours).isEqualTo(mine + 1024);
    assertThat(free(board, mine)).as("nobody notices").isZero();
    assertThat(board.functions.isTaken(board.heap, 0, 1)).isFalse();
    assertThat(board.driver.isMapped(yours)).isFalse();
  }

  @Test
  void theRepairedHeapFreesTheBlockAfterAFailedMapping() {
    VirtualHeapBoard board = board(with(Fix.CLEAR_SIZES_AFTER_FAILURE), true, 1, blocks(1024, 8));
    assertThat(alloc(board, 5000)).isZero();
    assertThat(free(board, alloc(board, 1000))).isZero();
  }

  //

  @Test
  void aStrangerThatFreesAPageInsideALargeBlockUnmapsThePageOfTheNextOne() {
    VirtualHeapBoard board = board(Design.merged(), false, 4, blocks(8192, 2));
    int mine = alloc(board, 8192);
    int yours = alloc(board, 8192);
    assertThat(free(board, mine + PAGE)).as("nobody notices").isZero();
    assertThat(board.functions.isTaken(board.heap, 0, 1)).isTrue();
    assertThat(board.driver.isMapped(yours)).isFalse();
  }

  @Test
  void aStrangerThatFreesTheMiddleOfASmallBlockUnmapsThePageOfOthers() {
    VirtualHeapBoard board = board(Design.merged(), false, 2, blocks(2048, 4));
    int first = alloc(board, 2048);
    int second = alloc(board, 2048);
    int third = alloc(board, 2048);
    int fourth = alloc(board, 2048);
    assertThat(free(board, third)).isZero();
    board.invalidated.clear();
    assertThat(free(board, second + 1024)).as("nobody notices").isZero();
    assertThat(board.functions.isTaken(board.heap, 0, 3)).isTrue();
    assertThat(board.driver.isMapped(fourth)).isFalse();
    assertThat(board.driver.isMapped(first)).isTrue();
    assertThat(board.invalidated)
        .as("the cache lines of the next block are dropped, too")
        .containsExactly(List.of(second + 1024, 2048));
  }

  @Test
  void theRepairedHeapRefusesBoth() {
    VirtualHeapBoard board =
        board(with(Fix.REFUSE_INTERIOR_POINTER), false, 6, blocks(2048, 4), blocks(8192, 1));
    int small = alloc(board, 2048);
    int large = alloc(board, 8192);
    assertThat(free(board, small + 1024)).isEqualTo(-Errno.EINVAL);
    assertThat(free(board, large + PAGE)).isEqualTo(-Errno.EINVAL);
    assertThat(free(board, small)).isZero();
    assertThat(free(board, large)).isZero();
  }

  //

  @Test
  void theSearchForTheMappedPagesNeverEndsInABlockThatLacksItsLastPage() {
    VirtualHeapBoard board = board(Design.merged(), false, 16, blocks(65536, 1));
    int block = alloc(board, 15 * PAGE);
    assertThatThrownBy(() -> free(board, block + 64)).isInstanceOf(EndlessLoop.class);
  }

  @Test
  void theSearchEndsForEveryOtherSizeAndForEverySizeOnceItIsRepaired() {
    for (int pages = 1; pages <= 16; pages++) {
      for (Design design : List.of(Design.merged(), with(Fix.BISECT_WHOLE_PAGES))) {
        if (pages == 15 && design.equals(Design.merged())) {
          continue;
        }
        VirtualHeapBoard board = board(design, false, 16, blocks(65536, 1));
        assertThat(free(board, alloc(board, pages * PAGE) + 64))
            .as("%d pages", pages)
            .isEqualTo(-Errno.EINVAL);
        assertThat(board.functions.isTaken(board.heap, 0, 0)).as("free before the error").isFalse();
      }
    }
  }

  //

  @Test
  void aSmallRequestWithALargeAlignmentGetsAnyBlock() {
    VirtualHeapBoard board = board(Design.merged(), false, 4, blocks(1024, 4), blocks(4096, 2));
    assertThat(board.functions.alloc(board.heap, 1000, PAGE)).isEqualTo(REGION);
    assertThat(board.functions.alloc(board.heap, 1000, PAGE)).isEqualTo(REGION + 1024);
  }

  @Test
  void theRepairedHeapTakesABlockThatIsAligned() {
    VirtualHeapBoard board =
        board(with(Fix.ALIGN_BLOCKS), false, 4, blocks(1024, 4), blocks(4096, 2));
    assertThat(board.functions.alloc(board.heap, 1000, PAGE)).isEqualTo(REGION + PAGE);
    assertThat(board.functions.alloc(board.heap, 1000, 1024)).isEqualTo(REGION);
    assertThat(board.functions.alloc(board.heap, 1000, 2 * PAGE)).as("none is").isZero();
  }

  // Configurations.

  @Test
  void anEmptySlotOfTheConfigurationIsPassedOver() {
    VirtualHeapBoard board =
        board(Design.merged(), false, 4, blocks(1024, 4), blocks(0, 0), blocks(4096, 1));
    int block = alloc(board, 4096);
    assertThat(block).isEqualTo(REGION + PAGE);
    assertThat(free(board, block)).isZero();
    assertThat(board.functions.freeHeap(board.heap, board)).isZero();
    assertThat(board.objects()).isZero();
  }

  @Test
  void withoutTheCheckAFreeFollowsTheNullPointerInAnEmptySlot() {
    VirtualHeapBoard board =
        board(
            with(Defect.EMPTY_SLOT_USED), false, 4, blocks(1024, 4), blocks(0, 0), blocks(4096, 1));
    int block = alloc(board, 4096);
    assertThatThrownBy(() -> free(board, block))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.NULL_DEREFERENCE));
  }

  @Test
  void aHeapWithLiveBlocksIsNotFreed() {
    VirtualHeapBoard board = board(Design.merged(), false, 4, blocks(1024, 4));
    int block = alloc(board, 1);
    assertThat(board.functions.freeHeap(board.heap, board)).isEqualTo(-Errno.ENOTEMPTY);
    assertThat(free(board, block)).isZero();
    assertThat(board.functions.freeHeap(board.heap, board)).isZero();
  }
}
