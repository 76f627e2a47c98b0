package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.Vregion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Long random lives of the heaps that map pages, checked from outside. */
class PagedHeapProperties {
  private static final int OPERATIONS = 10_000;
  private static final int PAGE = PageDriver.PAGE_BYTES;
  private static final String CONFIG =
      """
      {"aliases":true,"heap_cached":true,"shared_heap_bytes":16384,"virtual_heap":true,
       "l3_heap":true,"user_heap_bytes":65536,"vpage_max_allocs":128,"hardening":1,"asserts":false,
       "system_heap_bytes":65536,"alloc_loops":3,
       "region_base":{"system":1048576,"shared":1572864,"virtual":2097152},"memory_fill":165,
       "vpages":32,"phys_pages":%d,"l3_used":true,"l3_bytes":16384,"virtual_heap_bytes":1048576,
       "vm_bytes":8388608}
      """;

  private static HeapsMachine machine(int physicalPages) {
    try {
      HeapsMachine machine =
          new HeapsMachine(new ObjectMapper().readTree(CONFIG.formatted(physicalPages)));
      machine.bootHeaps();
      return machine;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asserts that no two live blocks share a byte. */
  private static void assertDisjoint(TreeMap<Integer, Integer> live) {
    int end = Integer.MIN_VALUE;
    for (Map.Entry<Integer, Integer> block : live.entrySet()) {
      assertThat(block.getKey()).as("block behind its neighbor").isGreaterThanOrEqualTo(end);
      end = block.getKey() + block.getValue();
    }
  }

  @Property(tries = 10)
  void pagesFreedInReverseOrderLeaveTheTableExact(@ForAll long seed) {
    HeapsMachine machine = machine(64);
    machine.bootVirtualPages();
    Random random = new Random(seed);
    List<Integer> stack = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      if (stack.isEmpty() || random.nextBoolean()) {
        int count = 1 + random.nextInt(6);
        int address = machine.virtualPages.alloc(count);
        if (address != 0) {
          stack.add(address);
          counts.add(count);
        }
      } else {
        machine.virtualPages.free(stack.remove(stack.size() - 1));
        counts.remove(counts.size() - 1);
      }
      int taken = counts.stream().mapToInt(Integer::intValue).sum();
      assertThat(machine.virtualPages.get(VirtualPages.IN_USE)).isEqualTo(stack.size());
      assertThat(machine.virtualPages.get(VirtualPages.FREE_PAGES)).isEqualTo(32 - taken);
      assertThat(machine.pages.freePages()).isEqualTo(64 - taken);
    }
  }

  /** What is allocated after a free out of order can take another block's entry (O-07). */
  @Property(tries = 10)
  void pagesFreedInAnyOrderAllComeBackIfNoneIsAllocatedMeanwhile(@ForAll long seed) {
    HeapsMachine machine = machine(64);
    machine.bootVirtualPages();
    Random random = new Random(seed);
    List<Integer> blocks = new ArrayList<>();
    int failures = 0;
    for (int i = 0; i < OPERATIONS; ) {
      for (int most = 1 + random.nextInt(20); blocks.size() < most; i++) {
        int address = machine.virtualPages.alloc(1 + random.nextInt(6));
        if (address == 0) {
          failures++;
          break;
        }
        blocks.add(address);
      }
      assertThat(machine.virtualPages.get(VirtualPages.IN_USE)).isEqualTo(blocks.size());
      Collections.shuffle(blocks, random);
      for (; !blocks.isEmpty(); i++) {
        machine.virtualPages.free(blocks.remove(0));
        assertThat(machine.virtualPages.get(VirtualPages.IN_USE)).isEqualTo(blocks.size());
      }
      assertThat(machine.virtualPages.get(VirtualPages.FREE_PAGES)).isEqualTo(32);
      assertThat(machine.pages.freePages()).isEqualTo(64);
    }
    assertThat(failures).as("allocations that failed").isPositive();
  }

  @Property(tries = 10)
  void lifetimeMemoryIsAlignedAndDisjointAndTheInterimHeapLiesBehindIt(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int pages) {
    HeapsMachine machine = machine(64);
    machine.bootVirtualPages();
    Random random = new Random(seed);
    int region = machine.regions.create(pages * PAGE);
    TreeMap<Integer, Integer> live = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      int bytes = 1 + random.nextInt(700);
      int align = 1 << random.nextInt(10);
      int address = machine.regions.alloc(region, bytes, align);
      if (address != 0) {
        assertThat(address % Math.max(64, align)).isZero();
        live.put(address, bytes);
      }
    }
    assertDisjoint(live);
    int end = live.isEmpty() ? Integer.MIN_VALUE : live.lastKey() + live.lastEntry().getValue();
    machine.regions.setInterim(region);
    List<Integer> blocks = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      if (blocks.isEmpty() || random.nextBoolean()) {
        int address = machine.regions.alloc(region, 1 + random.nextInt(500), 0);
        if (address != 0) {
          assertThat(address).isGreaterThanOrEqualTo(end);
          assertThat(address - machine.pointers.start("vpages")).isLessThan(pages * PAGE);
          assertThat(blocks).doesNotContain(address);
          blocks.add(address);
        }
      } else {
        machine.regions.free(region, blocks.remove(random.nextInt(blocks.size())));
      }
    }
    assertThat(machine.regions.put(region)).isZero();
    assertThat(machine.virtualPages.get(VirtualPages.FREE_PAGES)).isEqualTo(32);
    assertThat(machine.ram.load32(region + Vregion.USE_COUNT.offset())).isZero();
  }
}
