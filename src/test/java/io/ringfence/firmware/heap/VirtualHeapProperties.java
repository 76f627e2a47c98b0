package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Long random lives of virtual heaps that often have too few physical pages. */
class VirtualHeapProperties {
  private static final int OPERATIONS = 10_000;
  private static final int PAGE = PageDriver.PAGE_BYTES;
  private static final int REGION = VirtualHeapBoard.REGION;

  /** Small blocks, as many as need several words of bits; blocks of a page and more. */
  private static final List<VirtualHeap.Bundle> BUNDLES =
      List.of(
          new VirtualHeap.Bundle(128, 64),
          new VirtualHeap.Bundle(1024, 8),
          new VirtualHeap.Bundle(2048, 36),
          new VirtualHeap.Bundle(4096, 4),
          new VirtualHeap.Bundle(16384, 3));

  /** What a life consisted of. */
  private record Life(int failures, int refusals) {}

  /** Allocates, frees, and frees what must not be freed, and checks everything all the time. */
  private static Life live(Design design, boolean contiguous, int pages, long seed) {
    VirtualHeapBoard board = new VirtualHeapBoard(design, BUNDLES, contiguous, pages);
    VirtualHeapOracle oracle = new VirtualHeapOracle(board, contiguous);
    boolean isHardened = design.equals(VirtualHeapBoard.hardened());
    long empty = board.ram().contentHash();
    Random random = new Random(seed);
    int failures = 0;
    int refusals = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      List<Integer> live = oracle.addresses();
      int chance = random.nextInt(20);
      if (live.isEmpty() || chance < 11) {
        failures += allocate(board, oracle, random, isHardened) ? 0 : 1;
      } else if (isHardened && chance == 11) {
        freeInside(board, oracle, random);
        refusals++;
      } else {
        free(board, oracle, live.get(random.nextInt(live.size())));
      }
      if (i % 10 == 0) {
        oracle.check();
      }
    }
    for (int address : oracle.addresses()) {
      free(board, oracle, address);
    }
    oracle.check();
    assertThat(board.ram().contentHash()).as("HEAP-14 all is as at the start").isEqualTo(empty);
    assertThat(board.functions.freeHeap(board.heap, board)).isZero();
    assertThat(board.objects()).as("HEAP-14 the heap's own objects are free").isZero();
    return new Life(failures, refusals);
  }

  private static boolean allocate(
      VirtualHeapBoard board, VirtualHeapOracle oracle, Random random, boolean isHardened) {
    int bytes = 1 + random.nextInt(random.nextInt(4) == 0 ? 20_000 : 2500);
    int align = isHardened ? 1 << random.nextInt(13) : 1;
    int choice = oracle.choice(bytes, align);
    long before = board.ram().contentHash();
    int address = board.functions.alloc(board.heap, bytes, align);
    if (address != 0) {
      assertThat(oracle.bundleOf(address - REGION)).as("HEAP-12 the bundle").isEqualTo(choice);
      assertThat(address % align).as("HEAP-3 the alignment").isZero();
      oracle.allocated(address - REGION, bytes);
      return true;
    }
    assertThat(board.ram().contentHash()).as("HEAP-11 nothing is left behind").isEqualTo(before);
    if (choice >= 0) {
      assertThat(board.driver.freePages())
          .as("HEAP-12 a block was free, so it is pages that were missing")
          .isLessThanOrEqualTo((bytes + PAGE - 1) / PAGE);
    }
    return false;
  }

  private static void free(VirtualHeapBoard board, VirtualHeapOracle oracle, int address) {
    int bytes = oracle.wholeBytes(address);
    board.invalidated.clear();
    assertThat(board.functions.free(board.heap, REGION + address)).as("HEAP-2").isZero();
    assertThat(board.invalidated)
        .as("HEAP-10 of a small block, exactly its own cache lines are dropped")
        .isEqualTo(bytes < PAGE ? Set.of(List.of(REGION + address, bytes)) : Set.of());
    oracle.freed(address);
  }

  private static void freeInside(VirtualHeapBoard board, VirtualHeapOracle oracle, Random random) {
    List<Integer> live = oracle.addresses();
    int address = live.get(random.nextInt(live.size()));
    int bytes = oracle.wholeBytes(address);
    int inside = REGION + address + 1 + random.nextInt(bytes - 1);
    long before = board.ram().contentHash();
    assertThat(board.functions.free(board.heap, inside)).as("HEAP-18").isEqualTo(-Errno.EINVAL);
    assertThat(board.ram().contentHash()).as("HEAP-18 nothing changes").isEqualTo(before);
  }

  @Property(tries = 6)
  void theMergedHeapKeepsItsPromisesToClientsThatKeepTheirs(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int pages) {
    assertThat(live(Design.merged(), false, pages, seed).failures()).isPositive();
  }

  @Property(tries = 10)
  void theHardenedHeapKeepsThemToStrangersAndWithAdjacentBlocksToo(
      @ForAll long seed,
      @ForAll boolean contiguous,
      @ForAll @IntRange(min = 1, max = 40) int pages) {
    Life life = live(VirtualHeapBoard.hardened(), contiguous, pages, seed);
    assertThat(life.failures()).isPositive();
    assertThat(life.refusals()).isPositive();
  }
}
