package io.ringfence.firmware.l3;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.HeapInvariants;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Long random lives of the L3 heap over power cycles, beside the system heap, which forgets
 * everything in each.
 */
class L3HeapProperties {
  private static final int OPERATIONS = 12_000;
  private static final int FLAGS = MemFlags.KERNEL | MemFlags.L3;
  private static final int EMPTY_CHUNKS = 3;

  /** A block of the L3 heap, and from what the bytes in it were made. */
  private record Block(HeapInvariants.Block asked, int content) {}

  /** What the clients of a machine have. */
  private static final class Life {
    final L3Machine machine = new L3Machine(Design.merged(), 0);
    final Ram ram = machine.ram();
    final Random random;
    final TreeMap<Integer, Block> live = new TreeMap<>();
    final List<Integer> system = new ArrayList<>();
    int failures;
    int cycles;

    Life(Random random) {
      this.random = random;
      machine.heapInit(true);
    }

    HeapDump dump() {
      return HeapDump.of(ram, ram.load32(machine.l3Heap + SysHeap.HEAP.offset()), false, false);
    }

    HeapDump systemDump() {
      return HeapDump.of(ram, machine.systemMemory, false, false);
    }

    void step() {
      if (random.nextInt(150) == 0) {
        cyclePower();
      } else {
        use();
      }
    }

    void use() {
      int choice = random.nextInt(100);
      if (choice < 50) {
        allocate();
      } else if (choice < 85) {
        free();
      } else if (choice < 90) {
        rewrite();
      } else if (choice < 94) {
        useOtherCore();
      } else {
        useSystemHeap();
      }
    }

    void allocate() {
      int bytes =
          switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> -1 - random.nextInt(5000);
            case 2 -> random.nextInt(5000);
            default -> 1 + random.nextInt(250);
          };
      int boundary = random.nextBoolean() ? 0 : 1 << random.nextInt(9);
      List<List<Integer>> before = dump().chunks();
      int address =
          random.nextBoolean()
              ? machine.heaps.rmallocAlign(FLAGS, bytes, boundary)
              : machine.heaps.rballocAlign(FLAGS, bytes, boundary);
      if (address == 0) {
        failures++;
        assertThat(dump().chunks()).as("HEAP-11").isEqualTo(before);
        return;
      }
      assertThat(bytes).as("HEAP-17: what cannot be had").isPositive();
      assertThat(address - machine.l3Start)
          .as("HEAP-12: from L3 memory")
          .isBetween(0, machine.l3Bytes() - bytes);
      int alignment = Math.max(1, boundary);
      write(address, new Block(new HeapInvariants.Block(bytes, alignment, 0), random.nextInt()));
    }

    void write(int address, Block block) {
      for (int i = 0; i < block.asked().size(); i++) {
        machine.cpu.store8(address + i, block.content() + 31 * i & 0xff);
      }
      live.put(address, block);
    }

    void requireContent(int address, Block block) {
      for (int i = 0; i < block.asked().size(); i++) {
        if (machine.cpu.load8(address + i) != (block.content() + 31 * i & 0xff)) {
          assertThat(i).as("HEAP-3: a byte of block 0x%x was overwritten", address).isNegative();
        }
      }
    }

    void free() {
      if (!live.isEmpty()) {
        int address = anyBlock();
        requireContent(address, live.remove(address));
        machine.heaps.rfree(address);
      }
    }

    int anyBlock() {
      return new ArrayList<>(live.keySet()).get(random.nextInt(live.size()));
    }

    void rewrite() {
      if (!live.isEmpty()) {
        int address = anyBlock();
        write(address, new Block(live.get(address).asked(), random.nextInt()));
      }
    }

    /** Only the primary core has L3 memory. */
    void useOtherCore() {
      HeapDump before = dump();
      machine.enter(1);
      assertThat(machine.heaps.rmalloc(FLAGS, 8)).isZero();
      if (!live.isEmpty()) {
        machine.heaps.rfree(anyBlock());
      }
      machine.enter(0);
      assertThat(dump()).as("another core changes nothing").isEqualTo(before);
    }

    /** Blocks of both heaps are freed by the same function (HEAP-2). */
    void useSystemHeap() {
      HeapDump before = dump();
      if (system.isEmpty() || random.nextBoolean()) {
        machine.heaps.failAllocation(random.nextInt(4) == 0 ? 1 : 0);
        int address = machine.heaps.rmalloc(MemFlags.KERNEL, 1 + random.nextInt(200));
        machine.heaps.failAllocation(0);
        if (address != 0) {
          system.add(address);
        }
      } else {
        machine.heaps.rfree(system.remove(random.nextInt(system.size())));
      }
      assertThat(dump()).as("another heap's block").isEqualTo(before);
    }

    /** Saves, goes on for a while, loses the power, and resumes with what was saved. */
    void cyclePower() {
      machine.saveL3();
      final HeapDump asSaved = dump();
      final TreeMap<Integer, Block> saved = new TreeMap<>(live);
      for (int i = random.nextInt(40); i > 0; i--) {
        use();
      }
      machine.powerOff();
      machine.heapInit(true);
      live.clear();
      live.putAll(saved);
      system.clear();
      cycles++;
      assertThat(dump()).as("the heap is as it was saved").isEqualTo(asSaved);
      assertThat(systemDump().chunks()).as("and nothing else is there").hasSize(EMPTY_CHUNKS);
      live.forEach(this::requireContent);
    }

    void check() {
      TreeMap<Integer, HeapInvariants.Block> asked = new TreeMap<>();
      live.forEach((address, block) -> asked.put(address, block.asked()));
      HeapInvariants.checkChunks(ram, machine.l3Start, HeapConfig.RELEASE, asked);
    }
  }

  @Property(tries = 6)
  void theHeapComesBackFromEachPowerCycleAsItWasSaved(@ForAll long seed) {
    Life life = new Life(new Random(seed));
    for (int i = 0; i < OPERATIONS; i++) {
      life.step();
      if (i % 10 == 0) {
        life.check();
      }
    }
    assertThat(life.failures).as("allocations that failed").isGreaterThan(1000);
    assertThat(life.cycles).as("power cycles").isGreaterThan(20);
    while (!life.live.isEmpty()) {
      life.free();
    }
    assertThat(life.dump().chunks()).as("HEAP-14").hasSize(EMPTY_CHUNKS);
  }
}
