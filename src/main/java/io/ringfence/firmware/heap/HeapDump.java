package io.ringfence.firmware.heap;

import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a debugger sees of a {@code z_heap}: read from RAM by its own layout knowledge, with no code
 * of the allocator, in the terms of the recorded corpus.
 */
public record HeapDump(
    List<List<Integer>> chunks,
    List<List<Object>> buckets,
    List<List<Long>> badLeft,
    @Nullable String walkBroken,
    @Nullable Map<String, Long> statistics) {

  /** Reads the heap at an address, whatever state it is in. */
  public static HeapDump of(Ram ram, int heap, boolean bigOnly, boolean statistics) {
    int end = ram.load32(heap + 8);
    boolean big = bigOnly || Integer.compareUnsigned(end, 0x7fff) > 0;
    List<List<Integer>> chunks = new ArrayList<>();
    List<List<Long>> badLeft = new ArrayList<>();
    String broken = null;
    int id = 0;
    int leftSize = 0;
    while (true) {
      int word = field(ram, heap, big, id, 1);
      int size = word >>> 1;
      chunks.add(List.of(id, size, word & 1));
      int left = field(ram, heap, big, id, 0);
      if (left != leftSize) {
        badLeft.add(List.of(Integer.toUnsignedLong(id), Integer.toUnsignedLong(left)));
      }
      if (id == end) {
        break;
      }
      if (size == 0) {
        broken = "zero size";
        break;
      }
      if (Integer.compareUnsigned(id + size, end) > 0) {
        broken = "out of range";
        break;
      }
      leftSize = size;
      id += size;
    }
    List<List<Object>> buckets = new ArrayList<>();
    int available = ram.load32(heap + 12);
    int heads = heap + 16 + (statistics ? 12 : 0);
    for (int bucket = 0; bucket < bucketCount(end, big); bucket++) {
      int head = ram.load32(heads + 4 * bucket);
      boolean isAvailable = (available & 1 << bucket) != 0;
      if (head != 0 || isAvailable) {
        List<Object> entry = new ArrayList<>();
        entry.add(bucket);
        entry.add(list(ram, heap, big, end, head));
        if (isAvailable != (head != 0)) {
          entry.add("bit mismatch");
        }
        buckets.add(entry);
      }
    }
    Map<String, Long> numbers = null;
    if (statistics) {
      numbers = new LinkedHashMap<>();
      numbers.put("free", Integer.toUnsignedLong(ram.load32(heap + 16)));
      numbers.put("allocated", Integer.toUnsignedLong(ram.load32(heap + 20)));
      numbers.put("max", Integer.toUnsignedLong(ram.load32(heap + 24)));
    }
    return new HeapDump(chunks, buckets, badLeft, broken, numbers);
  }

  private static int bucketCount(int end, boolean big) {
    int smallest = big ? 2 : 1;
    return Math.min(32, 32 - Integer.numberOfLeadingZeros(Math.max(1, end - smallest + 1)));
  }

  /** The list from its head on, up to an id that is no chunk's. */
  private static List<Long> list(Ram ram, int heap, boolean big, int end, int head) {
    List<Long> ids = new ArrayList<>();
    int id = head;
    while (id != 0) {
      ids.add(Integer.toUnsignedLong(id));
      if (Integer.compareUnsigned(id, end) > 0 || ids.size() > 0x8000) {
        break;
      }
      id = field(ram, heap, big, id, 3);
      if (id == head) {
        break;
      }
    }
    return ids;
  }

  private static int field(Ram ram, int heap, boolean big, int id, int number) {
    int address = heap + 8 * id;
    return big ? ram.load32(address + 4 * number) : ram.load16(address + 2 * number);
  }
}
