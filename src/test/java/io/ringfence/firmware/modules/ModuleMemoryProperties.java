package io.ringfence.firmware.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.modules.ModuleView.Place;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long random lives of a module's memory, with heaps that are full most of the time. */
class ModuleMemoryProperties {
  private static final int OPERATIONS = 10_000;
  private static final int SLOTS = 80;
  private static final int HEAP_PAGES = 2;
  private static final int TOO_MUCH = 0x4000;

  private final Design hardened = new Design(Variant.HARDENED, Set.of(), Set.of(), false, Set.of());

  private static void finish(ModuleFirmware firmware) {
    while (firmware.threads().label(0) != ModuleFrame.Label.IDLE) {
      boolean moved =
          firmware.steps().verify(0)
              || firmware.steps().getContainer(0)
              || firmware.steps().take(0)
              || firmware.steps().record(0)
              || firmware.steps().release(0)
              || firmware.steps().releaseAll(0)
              || firmware.steps().reset(0);
      assertThat(moved).as("the call goes on: %s", firmware.threads().lastFault()).isTrue();
    }
  }

  private static int bytes(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> 0;
      case 1 -> TOO_MUCH;
      default -> 1 + random.nextInt(400);
    };
  }

  private static void assertNothingLeft(ModuleFirmware firmware) {
    for (Place heap : new Place[] {Place.OWN, Place.REGION, Place.SYSTEM, Place.OTHER}) {
      assertThat(firmware.view().inUse(heap)).as("HEAP-14 blocks left in %s", heap).isZero();
    }
    assertThat(firmware.view().sets()).isEmpty();
    assertThat(firmware.hasLost()).as("HEAP-2 every free arrives").isFalse();
  }

  private static void assertDisjoint(ModuleFirmware firmware, Map<Integer, Integer> sizes) {
    TreeMap<Integer, Integer> live = new TreeMap<>();
    sizes.forEach(
        (slot, size) ->
            assertThat(live.put(firmware.held(slot), size)).as("handed out once").isNull());
    int end = Integer.MIN_VALUE;
    for (Map.Entry<Integer, Integer> block : live.entrySet()) {
      assertThat(block.getKey()).as("HEAP-3 behind its neighbor").isGreaterThanOrEqualTo(end);
      end = block.getKey() + block.getValue();
    }
    assertThat(firmware.view().blocks())
        .as("a container for each block")
        .containsExactlyInAnyOrderElementsOf(live.keySet());
  }

  private void live(ModuleFirmware firmware, Random random) {
    Map<Integer, Integer> sizes = new TreeMap<>();
    int failed = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      int slot = random.nextInt(SLOTS);
      if (random.nextInt(1000) == 0) {
        assertThat(firmware.callFreeAll(0)).isTrue();
        finish(firmware);
        sizes.clear();
        assertNothingLeft(firmware);
      } else if (firmware.held(slot) == 0) {
        int bytes = bytes(random);
        ModuleCall call =
            random.nextBoolean() ? ModuleCall.MOD_ALLOC_EXT : ModuleCall.MOD_BALLOC_ALIGN;
        assertThat(firmware.callAlloc(0, call, slot, bytes)).isTrue();
        finish(firmware);
        if (firmware.held(slot) == 0) {
          failed++;
        } else {
          sizes.put(slot, bytes);
        }
      } else {
        assertThat(firmware.callFree(0, slot)).isTrue();
        finish(firmware);
        sizes.remove(slot);
      }
      if (i % 100 == 0) {
        assertDisjoint(firmware, sizes);
      }
    }
    assertThat(failed).as("allocations failed, too").isPositive();
    assertThat(firmware.callFreeAll(0)).isTrue();
    finish(firmware);
    assertNothingLeft(firmware);
  }

  @Property(tries = 4)
  void nothingIsLeftAndNothingOverlapsInAHeap(@ForAll long seed) {
    live(
        new ModuleFirmware(Design.merged(), true, false, HEAP_PAGES, 1, SLOTS, 0),
        new Random(seed));
  }

  @Property(tries = 4)
  void nothingIsLeftAndNothingOverlapsInARegionWithEveryFix(@ForAll long seed) {
    live(new ModuleFirmware(hardened, true, true, HEAP_PAGES, 1, SLOTS, 0), new Random(seed));
  }

  @Example
  void setsOfContainersDoubleUpToThirtyTwoAndStayUntilAllIsFreed() {
    ModuleFirmware firmware = new ModuleFirmware(hardened, true, false, 4, 1, SLOTS, 0);
    for (int slot = 0; slot < SLOTS; slot++) {
      firmware.callAlloc(0, ModuleCall.MOD_ALLOC_EXT, slot, 8);
      finish(firmware);
    }
    ModuleView view = firmware.view();
    assertThat(view.sets().stream().map(set -> view.containers(set).size()))
        .containsExactly(2, 4, 8, 16, 32, 32);
    for (int slot = 0; slot < SLOTS; slot++) {
      firmware.callFree(0, slot);
      finish(firmware);
    }
    assertThat(view.sets()).hasSize(6);
    assertThat(view.inUse(Place.OWN)).isZero();
    assertThat(view.inUse(Place.SYSTEM)).as("the sets, in kernel memory").isEqualTo(6);
    firmware.callFreeAll(0);
    finish(firmware);
    assertNothingLeft(firmware);
  }
}
