package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The chunk-level properties HEAP-3 to HEAP-7 of the catalogue, checked from outside. */
public final class HeapInvariants {
  /** A block as its owner knows it. */
  public record Block(int size, int boundary, int rewind) {}

  private HeapInvariants() {}

  /** Checks the chunks of a heap, and that the live blocks lie in theirs. */
  public static void checkChunks(
      Ram ram, int heap, HeapConfig config, TreeMap<Integer, Block> live) {
    HeapDump dump = HeapDump.of(ram, heap, config.bigOnly(), config.runtimeStats());
    int end = ram.load32(heap + 8);
    int header = config.bigOnly() || end > 0x7fff ? 8 : 4;
    assertThat(dump.walkBroken()).as("HEAP-4 the walk ends at the end chunk").isNull();
    assertThat(dump.badLeft()).as("HEAP-4 left sizes").isEmpty();
    checkBuckets(dump, header);
    checkCoalesced(dump);
    int total = dump.chunks().stream().mapToInt(chunk -> chunk.get(1)).sum();
    assertThat(total).as("HEAP-7 units").isEqualTo(end);
    checkBlocks(heap, dump, header, live);
    if (config.runtimeStats()) {
      checkStatistics(dump, header);
    }
  }

  /** Addresses of the heads of the lists of free chunks, which also a failed search may rotate. */
  public static Set<Integer> listHeads(Ram ram, int heap, HeapConfig config) {
    int end = ram.load32(heap + 8);
    int heads = heap + (config.runtimeStats() ? 28 : 16);
    int minimum = config.bigOnly() || end > 0x7fff ? 2 : 1;
    int buckets = Integer.SIZE - Integer.numberOfLeadingZeros(end - minimum + 1);
    Set<Integer> words = new TreeSet<>();
    for (int i = 0; i < buckets; i++) {
      words.add(heads + Integer.BYTES * i);
    }
    return words;
  }

  private static void checkBuckets(HeapDump dump, int header) {
    int minimum = header == 8 ? 2 : 1;
    Map<Integer, List<Integer>> expected = new TreeMap<>();
    for (List<Integer> chunk : dump.chunks()) {
      if (chunk.get(2) == 0 && chunk.get(1) >= minimum) {
        int bucket = (int) (Math.log(chunk.get(1) - minimum + 1) / Math.log(2) + 1e-9);
        expected.computeIfAbsent(bucket, key -> new ArrayList<>()).add(chunk.get(0));
      }
    }
    Map<Integer, List<Integer>> actual = new TreeMap<>();
    for (List<Object> bucket : dump.buckets()) {
      List<Integer> ids = new ArrayList<>();
      ((List<?>) bucket.get(1)).forEach(id -> ids.add(Math.toIntExact((Long) id)));
      ids.sort(null);
      actual.put((Integer) bucket.get(0), ids);
    }
    assertThat(actual).as("HEAP-5 buckets hold exactly the free chunks").isEqualTo(expected);
  }

  private static void checkCoalesced(HeapDump dump) {
    for (int i = 1; i < dump.chunks().size(); i++) {
      boolean bothFree = dump.chunks().get(i - 1).get(2) == 0 && dump.chunks().get(i).get(2) == 0;
      assertThat(bothFree).as("HEAP-6 neighbors %s both free", dump.chunks().get(i)).isFalse();
    }
  }

  private static void checkBlocks(
      int heap, HeapDump dump, int header, TreeMap<Integer, Block> live) {
    Map<Integer, Integer> ends = new HashMap<>();
    int used = 0;
    for (List<Integer> chunk : dump.chunks()) {
      ends.put(chunk.get(0), heap + 8 * (chunk.get(0) + chunk.get(1)));
      used += chunk.get(2);
    }
    assertThat(used).as("HEAP-3 a used chunk per block, and two more").isEqualTo(live.size() + 2);
    live.forEach(
        (address, block) -> {
          int chunk = (address - header - heap) / 8;
          assertThat(ends).as("HEAP-3 block 0x%x has a chunk", address).containsKey(chunk);
          assertThat(address + block.size())
              .as("HEAP-3 block 0x%x ends in its chunk", address)
              .isLessThanOrEqualTo(ends.get(chunk));
          assertThat((address + block.rewind()) % block.boundary())
              .as("HEAP-3 alignment of 0x%x to %s", address, block)
              .isZero();
        });
  }

  /** Checks that the shadow knows a block, and no byte more. */
  static void checkShadow(Ram ram, int address, Block block, ShadowState state) {
    assertThat(ram.shadow().state(address)).isEqualTo(state);
    assertThat(ram.shadow().state(address + block.size() - 1)).isEqualTo(state);
    assertThat(ram.shadow().state(address + block.size()))
        .as("the byte after block 0x%x", address)
        .isIn(ShadowState.UNALLOCATED, ShadowState.FREED);
    assertThat(ram.shadow().state(address - 1)).isIn(ShadowState.UNALLOCATED, ShadowState.FREED);
  }

  private static void checkStatistics(HeapDump dump, int header) {
    int minimum = header == 8 ? 2 : 1;
    int free = 0;
    int allocated = 0;
    for (List<Integer> chunk : dump.chunks().subList(1, dump.chunks().size() - 1)) {
      int bytes = 8 * chunk.get(1) - header;
      if (chunk.get(2) != 0) {
        allocated += bytes;
      } else if (chunk.get(1) >= minimum) {
        free += bytes;
      }
    }
    assertThat(dump.statistics()).as("HEAP-7 statistics").containsEntry("free", (long) free);
    assertThat(dump.statistics())
        .as("HEAP-7 statistics")
        .containsEntry("allocated", (long) allocated);
  }
}
