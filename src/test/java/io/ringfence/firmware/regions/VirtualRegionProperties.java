package io.ringfence.firmware.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.FailureWatch;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.HeapInvariants;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Long random lives of virtual regions, with allocation failures, checked from outside. */
class VirtualRegionProperties {
  private static final int OPERATIONS = 10_000;
  private static final int LINE = 64;
  private static final int PAGE = 4096;
  private static final CacheAliases ALIASES = new CacheAliases(true);

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

  /** Why there was no block, or no region. */
  private enum Failure {
    NO_BYTES,
    NO_ALIGNMENT,
    SIZE_TOO_LARGE,
    NO_ROOM_FOR_LIFETIME,
    NO_ROOM_IN_INTERIM_HEAP,
    NO_HEAP,
    REGION_OF_NOTHING,
    NO_CONTROL_STRUCTURE,
    NO_PAGES
  }

  /** What one region has handed out, by cached address. */
  private static final class Life {
    final RegionMachine machine;
    final Random random;
    final TreeMap<Integer, Integer> lifetime = new TreeMap<>();
    final TreeMap<Integer, Integer> interim = new TreeMap<>();
    final boolean isHardened;
    final FailureWatch watch;
    final Map<Failure, Integer> failures;
    int region;
    int references = 1;
    int frees;

    /** With how many blocks half of the regions become heaps, long before they are full. */
    final int enough;

    Life(
        RegionMachine machine,
        boolean isHardened,
        Random random,
        FailureWatch watch,
        Map<Failure, Integer> failures) {
      this.machine = machine;
      this.isHardened = isHardened;
      this.random = random;
      this.watch = watch;
      this.failures = failures;
      this.enough = random.nextBoolean() ? random.nextInt(6) : Integer.MAX_VALUE;
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
      watch.begin();
      int address =
          isCoherent
              ? machine.regions.allocCoherent(region, bytes, align)
              : machine.regions.alloc(region, bytes, align);
      if (bytes <= 0 || align == 96) {
        assertThat(address).as("%d bytes aligned to %d", bytes, align).isZero();
        fail(
            bytes == 0
                ? Failure.NO_BYTES
                : align == 96 ? Failure.NO_ALIGNMENT : Failure.SIZE_TOO_LARGE);
      } else if (address == 0) {
        fail(
            switch (Vregion.Mode.values()[get(Vregion.TYPE)]) {
              case LIFETIME -> Failure.NO_ROOM_FOR_LIFETIME;
              case INTERIM -> Failure.NO_ROOM_IN_INTERIM_HEAP;
              case INVALID -> Failure.NO_HEAP;
            });
      } else {
        int cached = ALIASES.cached(address);
        assertThat(address == cached).isEqualTo(!isCoherent);
        assertThat(cached % Math.max(LINE, align)).isZero();
        (isInterim() ? interim : lifetime).put(cached, bytes);
      }
    }

    /** HEAP-11: only the lists of free chunks may be in another order. */
    void fail(Failure failure) {
      failures.merge(failure, 1, Integer::sum);
      Set<Integer> changed = watch.changedWords();
      if (isInterim() && !isHardened) {
        Ram ram = machine.small.ram();
        int heap = ALIASES.uncached(ram.load32(SysHeap.HEAP.in(Vregion.INTERIM.in(region))));
        changed.removeAll(HeapInvariants.listHeads(ram, heap, HeapConfig.RELEASE));
      }
      assertThat(changed).as("HEAP-11: words changed, %s", failure).isEmpty();
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
      int pointer = random.nextBoolean() ? address : ALIASES.uncached(address);
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
      if (get(Vregion.TYPE) == Vregion.Mode.LIFETIME.ordinal() && lifetime.size() >= enough) {
        machine.regions.setInterim(region);
      } else if (choice < 550) {
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

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void blocksAreDisjointAndTheLifetimeEndsWhereTheHeapBegins(
      @ForAll long seed,
      @ForAll boolean isHardened,
      @ForAll @IntRange(min = 1, max = 4) int pages) {
    RegionMachine machine = new RegionMachine(isHardened ? HARDENED : MERGED, pages);
    FailureWatch watch = new FailureWatch(machine.small.ram());
    Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
    Random random = new Random(seed);
    List<List<Integer>> atStart = systemHeap(machine);
    int made = 0;
    Life life = null;
    for (int i = 0; i < OPERATIONS; i++) {
      if (life == null) {
        failToCreate(machine, 1 + random.nextInt(pages * PAGE), 1, failures);
        assertThat(systemHeap(machine)).as("no region, no memory").isEqualTo(atStart);
        assertThat(machine.pages.get(VirtualPages.FREE_PAGES)).isEqualTo(pages);
        life = new Life(machine, isHardened, random, watch, failures);
        life.region = machine.regions.create(1 + random.nextInt(pages * PAGE));
        assertThat(life.region).isNotZero();
        made++;
      } else if (random.nextInt(100) == 0) {
        failToCreate(machine, random.nextBoolean() ? 0 : pages * PAGE, 0, failures);
      }
      if (!life.step()) {
        life = null;
      } else if (i % 20 == 0) {
        life.check();
      }
    }
    assertThat(made).as("regions made").isGreaterThan(1);
    assertThat(failures).as("failures by cause").containsOnlyKeys(Failure.values());
  }

  /** HEAP-11: neither a block nor a page is gone, and no region has changed. */
  private static void failToCreate(
      RegionMachine machine, int bytes, int countdown, Map<Failure, Integer> failures) {
    List<List<Integer>> blocks = systemHeap(machine);
    int free = machine.pages.get(VirtualPages.FREE_PAGES);
    int inUse = machine.pages.get(VirtualPages.IN_USE);
    int physical = machine.driver.freePages();
    machine.heap.failAllocation(countdown);
    assertThat(machine.regions.create(bytes)).isZero();
    machine.heap.failAllocation(0);
    assertThat(systemHeap(machine)).as("HEAP-11: the system heap").isEqualTo(blocks);
    assertThat(machine.pages.get(VirtualPages.FREE_PAGES)).as("HEAP-11: pages").isEqualTo(free);
    assertThat(machine.pages.get(VirtualPages.IN_USE)).as("HEAP-11: entries").isEqualTo(inUse);
    assertThat(machine.driver.freePages()).as("HEAP-11: memory").isEqualTo(physical);
    failures.merge(
        bytes == 0
            ? Failure.REGION_OF_NOTHING
            : countdown == 0 ? Failure.NO_PAGES : Failure.NO_CONTROL_STRUCTURE,
        1,
        Integer::sum);
  }
}
