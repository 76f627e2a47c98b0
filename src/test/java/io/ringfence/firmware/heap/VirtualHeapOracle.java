package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a virtual heap should be like, from the blocks that are live: it knows the rules and nothing
 * of the data structures. Addresses are relative to the region.
 */
final class VirtualHeapOracle {
  private static final int PAGE = PageDriver.PAGE_BYTES;

  private final VirtualHeapBoard board;
  private final boolean contiguous;
  private final TreeMap<Integer, Integer> live = new TreeMap<>();

  VirtualHeapOracle(VirtualHeapBoard board, boolean contiguous) {
    this.board = board;
    this.contiguous = contiguous;
  }

  List<Integer> addresses() {
    return new ArrayList<>(live.keySet());
  }

  int bytesAt(int address) {
    return live.get(address);
  }

  void allocated(int address, int bytes) {
    assertThat(live.put(address, bytes)).as("a block is handed out once").isNull();
  }

  void freed(int address) {
    live.remove(address);
  }

  /** The bundle whose blocks an address lies in. */
  int bundleOf(int address) {
    int end = 0;
    for (int i = 0; i < board.bundles.size(); i++) {
      end += board.bundles.get(i).blockBytes() * board.bundles.get(i).count();
      if (address < end) {
        return i;
      }
    }
    throw new AssertionError("no bundle holds " + address);
  }

  int start(int bundle) {
    return board.bundles.subList(0, bundle).stream()
        .mapToInt(b -> b.blockBytes() * b.count())
        .sum();
  }

  /** How many bytes a live block takes away. */
  int wholeBytes(int address) {
    int block = board.bundles.get(bundleOf(address)).blockBytes();
    return (bytesAt(address) + block - 1) / block * block;
  }

  /** HEAP-12: the first bundle with room, or -1. */
  int choice(int bytes, int align) {
    for (int i = 0; i < board.bundles.size(); i++) {
      int block = board.bundles.get(i).blockBytes();
      if (block != 0
          && (contiguous || block >= bytes)
          && block % align == 0
          && start(i) % align == 0
          && longestGap(i) >= (bytes + block - 1) / block) {
        return i;
      }
    }
    return -1;
  }

  private int longestGap(int bundle) {
    BitSet taken = taken(bundle);
    int longest = 0;
    int run = 0;
    for (int i = 0; i < board.bundles.get(bundle).count(); i++) {
      run = taken.get(i) ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private BitSet taken(int bundle) {
    BitSet taken = new BitSet();
    int block = board.bundles.get(bundle).blockBytes();
    live.keySet().stream()
        .filter(address -> bundleOf(address) == bundle)
        .forEach(
            address -> {
              int first = (address - start(bundle)) / block;
              taken.set(first, first + wholeBytes(address) / block);
            });
    return taken;
  }

  private BitSet spanned(int bundle) {
    BitSet spanned = new BitSet();
    int block = board.bundles.get(bundle).blockBytes();
    live.keySet().stream()
        .filter(address -> bundleOf(address) == bundle)
        .forEach(
            address -> {
              int first = (address - start(bundle)) / block;
              spanned.set(first, first + wholeBytes(address) / block - 1);
            });
    return spanned;
  }

  /** HEAP-3 and HEAP-7: compares everything that the heap and the page tables hold. */
  void check() {
    int end = 0;
    for (int address : live.keySet()) {
      assertThat(address).as("HEAP-3 a block is behind the one before").isGreaterThanOrEqualTo(end);
      end = address + wholeBytes(address);
    }
    for (int bundle = 0; bundle < board.bundles.size(); bundle++) {
      BitSet isTaken = new BitSet();
      BitSet isSpanned = new BitSet();
      for (int block = 0; block < board.bundles.get(bundle).count(); block++) {
        isTaken.set(block, board.functions.isTaken(board.heap, bundle, block));
        isSpanned.set(block, board.functions.isSpanned(board.heap, bundle, block));
      }
      assertThat(isTaken).as("HEAP-3 exactly the live blocks are taken").isEqualTo(taken(bundle));
      assertThat(isSpanned).as("exactly their lengths are noted").isEqualTo(spanned(bundle));
    }
    BitSet needed = new BitSet();
    for (Map.Entry<Integer, Integer> block : live.entrySet()) {
      int bytes = block.getValue();
      needed.set(block.getKey() / PAGE, (block.getKey() + bytes - 1) / PAGE + 1);
    }
    BitSet mapped = new BitSet();
    for (int page = 0; page < board.pages(); page++) {
      mapped.set(page, board.isMapped(page));
    }
    assertThat(mapped).as("HEAP-7 exactly the pages of live blocks are mapped").isEqualTo(needed);
    assertThat(board.driver.freePages())
        .as("HEAP-7 each physical page is free or mapped once")
        .isEqualTo(board.physicalPages - needed.cardinality());
  }
}
