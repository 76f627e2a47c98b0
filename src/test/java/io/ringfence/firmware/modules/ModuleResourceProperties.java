package io.ringfence.firmware.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.firmware.modules.ModuleView.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long lives of a module with copies, handlers and blocks, in a driver's heap or in a region. */
class ModuleResourceProperties {
  private static final int OPERATIONS = 10_000;
  private static final int SLOTS = 12;
  private static final int SOURCES = 4;
  private static final int SOURCE_BYTES = 96;
  private static final int HEAP_PAGES = 3;

  /** As merged, but for entries of copies that are lost until the system heap is full. */
  private static final Design POOL_REPAIRED =
      new Design(
          Variant.MERGED,
          Set.of(Fix.ENTRY_TO_POOL, Fix.COPY_TO_ITS_HEAP),
          Set.of(),
          false,
          Set.of());

  /** The source of each copy that a slot holds. */
  private final Map<Integer, Integer> copies = new HashMap<>();

  @Property(tries = 6)
  void everyCopyHasItsContentAndNothingIsLeft(@ForAll long seed, @ForAll boolean hasRegion) {
    copies.clear();
    Random random = new Random(seed);
    ModuleFirmware firmware =
        new ModuleFirmware(POOL_REPAIRED, !hasRegion, hasRegion, HEAP_PAGES, 1, SLOTS, 0);
    Place memory = hasRegion ? Place.REGION : Place.OWN;
    int constants = firmware.machine().constants;
    for (int i = 0; i < SOURCES * SOURCE_BYTES; i += 4) {
      firmware.ram().store32(constants + i, random.nextInt());
    }
    int failures = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      int slot = random.nextInt(SLOTS);
      if (random.nextInt(200) == 0) {
        assertThat(firmware.callFreeAll(0)).isTrue();
        finish(firmware);
        copies.clear();
        assertThat(firmware.view().inUse(memory)).as("HEAP-14").isZero();
      } else if (firmware.held(slot) != 0) {
        assertThat(firmware.callFree(0, slot)).isTrue();
        finish(firmware);
        copies.remove(slot);
      } else {
        firmware.machine().sofHeap.failAllocation(random.nextInt(20) == 0 ? 1 : 0);
        acquire(firmware, random, slot);
        firmware.machine().sofHeap.failAllocation(0);
        failures += firmware.held(slot) == 0 ? 1 : 0;
      }
      check(firmware, constants, hasRegion);
    }
    assertThat(failures).as("allocations that failed").isBetween(50, OPERATIONS / 20);
    assertThat(firmware.hasLost()).as("HEAP-2").isFalse();
    assertThat(firmware.hasStrayed()).as("ISO-3").isFalse();
  }

  private void acquire(ModuleFirmware firmware, Random random, int slot) {
    switch (random.nextInt(3)) {
      case 0 -> firmware.callBlobHandler(0, slot);
      case 1 -> firmware.callAlloc(0, ModuleCall.MOD_ALLOC_EXT, slot, 1 + random.nextInt(200));
      default -> {
        int source = random.nextInt(SOURCES);
        int address = firmware.machine().constants + source * SOURCE_BYTES;
        firmware.callFastGet(0, slot, address, SOURCE_BYTES);
        finish(firmware);
        if (firmware.held(slot) != 0) {
          copies.put(slot, source);
        }
        return;
      }
    }
    finish(firmware);
  }

  private static void finish(ModuleFirmware firmware) {
    ModuleSteps steps = firmware.steps();
    while (firmware.threads().label(0) != Label.IDLE) {
      assertThat(
              steps.verify(0)
                  || steps.getContainer(0)
                  || steps.take(0)
                  || steps.record(0)
                  || steps.release(0)
                  || steps.releaseAll(0)
                  || steps.reset(0))
          .as("the call goes on: %s", firmware.threads().lastFault())
          .isTrue();
    }
  }

  private void check(ModuleFirmware firmware, int constants, boolean hasRegion) {
    Map<Integer, Integer> addresses = new HashMap<>();
    copies.forEach(
        (slot, source) -> {
          int copy = firmware.held(slot);
          for (int i = 0; i < SOURCE_BYTES; i += 4) {
            assertThat(firmware.ram().load32(copy + i))
                .isEqualTo(firmware.ram().load32(constants + source * SOURCE_BYTES + i));
          }
          Integer other = addresses.put(source, copy);
          if (other != null) {
            assertThat(other == copy).as("shared in a heap, not in a region").isEqualTo(!hasRegion);
          }
        });
    long held = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      held += firmware.held(slot) != 0 ? 1 : 0;
    }
    assertThat((long) firmware.view().blocks().size()).as("a container for each").isEqualTo(held);
  }
}
