package io.ringfence.firmware.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.machine.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Long random lives of virtual regions, with allocation failures, checked from outside. */
class VirtualRegionProperties {
  private static final int OPERATIONS = 10_000;
  private static final int LINE = 64;
  private static final int WINDOW = 0xe0000000;

  /** As merged, but for what makes an allocation with any size or alignment undefined. */
  private static final Design MERGED =
      new Design(
          Variant.MERGED,
          Set.of(Fix.REGION_CONTROL, Fix.CHECK_LIFETIME_SIZE, Fix.CHECK_REGION_ALIGNMENT),
          Set.of(),
          false,
          Set.of());

  private static final Design HARDENED =
      new Design(Variant.HARDENED, Set.of(), Set.of(), false, Set.of());

  private static final List<Field> FIELDS =
      List.of(
          Vregion.BASE,
          Vregion.SIZE,
          Vregion.PAGES,
          Vregion.LOCK,
          Vregion.USE_COUNT,
          Vregion.TYPE,
          Vregion.LIFETIME_BASE,
          Vregion.LIFETIME_PTR,
          Vregion.LIFETIME_SIZE,
          Vregion.LIFETIME_USED,
          Vregion.LIFETIME_FREES);

  /** What one region has handed out, by cached address. */
  private static final class Life {
    final RegionMachine machine;
    final Random random;
    final TreeMap<Integer, Integer> lifetime = new TreeMap<>();
    final TreeMap<Integer, Integer> interim = new TreeMap<>();
    int region;
    int references = 1;
    int frees;
    int failures;

    Life(RegionMachine machine, Random random) {
      this.machine = machine;
      this.random = random;
    }

    boolean isInterim() {
      return get(Vregion.TYPE) == Vregion.Mode.INTERIM.ordinal();
    }

    int get(Field field) {
      return machine.cpu.load(field, region);
    }

    void allocate() {
      int bytes =
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -1 - random.nextInt(5000);
            default -> 1 + random.nextInt(700);
          };
      int align = random.nextInt(10) == 0 ? 96 : 1 << random.nextInt(10);
      boolean isCoherent = random.nextBoolean();
      List<Object> before = state();
      int address =
          isCoherent
              ? machine.regions.allocCoherent(region, bytes, align)
              : machine.regions.alloc(region, bytes, align);
      boolean isWrong = bytes <= 0 || align == 96;
      if (isWrong) {
        assertThat(address).as("%d bytes aligned to %d", bytes, align).isZero();
      }
      if (address == 0) {
        failures += isWrong ? 0 : 1;
        assertThat(state()).as("HEAP-11: no block, no change").isEqualTo(before);
      } else {
        int cached = address & ~WINDOW | 0xa0000000;
        assertThat(address == cached).isEqualTo(!isCoherent);
        assertThat(cached % Math.max(LINE, align)).isZero();
        (isInterim() ? interim : lifetime).put(cached, bytes);
      }
    }

    /** All that an allocation may change. */
    private List<Object> state() {
      List<Object> state = new ArrayList<>();
      FIELDS.forEach(field -> state.add(get(field)));
      if (isInterim()) {
        int heap = machine.cpu.load(SysHeap.HEAP, Vregion.INTERIM.in(region));
        state.add(
            heap == 0 ? "none" : HeapDump.of(machine.small.ram(), heap, false, false).chunks());
      }
      return state;
    }

    void free() {
      boolean isLifetime = interim.isEmpty() || random.nextBoolean();
      TreeMap<Integer, Integer> from = isLifetime ? lifetime : interim;
      if (from.isEmpty()) {
        return;
      }
      int address = new ArrayList<>(from.keySet()).get(random.nextInt(from.size()));
      from.remove(address);
      frees += isLifetime ? 1 : 0;
      int pointer = random.nextBoolean() ? address : address & ~WINDOW | 0x40000000;
      machine.regions.free(region, pointer);
      assertThat(get(Vregion.LIFETIME_FREES)).isEqualTo(frees);
    }

    void check() {
      int base = get(Vregion.BASE);
      int end = base + get(Vregion.SIZE);
      TreeMap<Integer, Integer> all = new TreeMap<>(lifetime);
      all.putAll(interim);
      assertThat(all).hasSize(lifetime.size() + interim.size());
      int free = base;
      for (Map.Entry<Integer, Integer> block : all.entrySet()) {
        assertThat(block.getKey()).as("start of a block").isGreaterThanOrEqualTo(free);
        free = block.getKey() + block.getValue();
      }
      assertThat(free).as("end of the last block").isLessThanOrEqualTo(end);
      if (isInterim()) {
        int boundary = base + get(Vregion.LIFETIME_SIZE);
        lifetime.forEach((at, bytes) -> assertThat(at + bytes).isLessThanOrEqualTo(boundary));
        interim.keySet().forEach(at -> assertThat(at).isGreaterThanOrEqualTo(boundary));
      }
      assertThat(get(Vregion.USE_COUNT)).isEqualTo(references);
      assertThat(get(Vregion.LOCK)).isZero();
    }

    /** Takes a step; whether the region still exists. */
    boolean step() {
      int choice = random.nextInt(1000);
      if (choice < 550) {
        allocate();
      } else if (choice < 980) {
        free();
      } else if (choice < 984) {
        assertThat(machine.regions.get(region)).isEqualTo(region);
        references++;
      } else if (choice < 996) {
        references--;
        boolean isGone = machine.regions.put(region) == 0;
        assertThat(isGone).isEqualTo(references == 0);
        return !isGone;
      } else {
        machine.regions.setInterim(region);
      }
      return true;
    }
  }

  private static List<List<Integer>> systemHeap(RegionMachine machine) {
    int heap = machine.cpu.load(SysHeap.HEAP, machine.systemHeap);
    return HeapDump.of(machine.small.ram(), heap, false, false).chunks();
  }

  @Property(tries = 6)
  void blocksAreDisjointAndTheLifetimeEndsWhereTheHeapBegins(
      @ForAll long seed,
      @ForAll boolean isHardened,
      @ForAll @IntRange(min = 1, max = 4) int pages) {
    RegionMachine machine = new RegionMachine(isHardened ? HARDENED : MERGED, pages);
    Random random = new Random(seed);
    List<List<Integer>> atStart = systemHeap(machine);
    int made = 0;
    int failures = 0;
    Life life = null;
    for (int i = 0; i < OPERATIONS; i++) {
      if (life == null) {
        if (random.nextInt(4) == 0) {
          machine.heap.failAllocation(1);
          assertThat(machine.regions.create(pages * 4096)).isZero();
        }
        assertThat(systemHeap(machine)).as("no region, no memory").isEqualTo(atStart);
        assertThat(machine.pages.get(VirtualPages.FREE_PAGES)).isEqualTo(pages);
        life = new Life(machine, random);
        life.region = machine.regions.create(1 + random.nextInt(pages * 4096));
        assertThat(life.region).isNotZero();
        made++;
      }
      if (!life.step()) {
        failures += life.failures;
        life = null;
      } else if (i % 20 == 0) {
        life.check();
      }
    }
    assertThat(made).as("regions made").isGreaterThan(1);
    assertThat(failures).as("allocations that found no room").isGreaterThan(100);
  }
}
