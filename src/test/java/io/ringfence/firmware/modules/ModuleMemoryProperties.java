package io.ringfence.firmware.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.modules.ModuleView.Place;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Long random lives of a module's memory, with heaps that are full most of the time. */
class ModuleMemoryProperties {
  private static final int OPERATIONS = 10_000;
  private static final int SLOTS = 80;
  private static final int CHECKED = 20;

  private final Design hardened = new Design(Variant.HARDENED, Set.of(), Set.of(), false, Set.of());

  private static void live(Random random, Design design, boolean hasRegion) {
    ModuleMemoryLife life = new ModuleMemoryLife(random, design, hasRegion);
    for (int i = 0; i < OPERATIONS; i++) {
      life.step();
      if (i % CHECKED == 0) {
        life.check();
      }
    }
    life.freeAll();
    assertThat(life.resets).as("how often all was freed").isGreaterThan(1);
    for (ModuleCall call : List.of(ModuleCall.MOD_ALLOC_EXT, ModuleCall.MOD_BALLOC_ALIGN)) {
      assertThat(life.successes.getOrDefault(call, 0)).as("blocks of %s", call).isGreaterThan(500);
      assertThat(life.failures.getOrDefault(call, Map.of()))
          .as("failures of %s by cause", call)
          .containsOnlyKeys(life.causes());
    }
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void nothingIsLeftAndNothingOverlapsInAHeap(@ForAll long seed) {
    live(new Random(seed), Design.merged(), false);
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void nothingIsLeftAndNothingOverlapsInARegionWithEveryFix(@ForAll long seed) {
    live(new Random(seed), hardened, true);
  }

  @Example
  void setsOfContainersDoubleUpToThirtyTwoAndStayUntilAllIsFreed() {
    ModuleFirmware firmware = new ModuleFirmware(hardened, true, false, 4, 1, SLOTS, 0);
    for (int slot = 0; slot < SLOTS; slot++) {
      firmware.callAlloc(0, ModuleCall.MOD_ALLOC_EXT, slot, 8);
      ModuleMemoryLife.finish(firmware);
    }
    ModuleView view = firmware.view();
    assertThat(view.sets().stream().map(set -> view.containers(set).size()))
        .containsExactly(2, 4, 8, 16, 32, 32);
    for (int slot = 0; slot < SLOTS; slot++) {
      firmware.callFree(0, slot);
      ModuleMemoryLife.finish(firmware);
    }
    assertThat(view.sets()).hasSize(6);
    assertThat(view.inUse(Place.OWN)).isZero();
    assertThat(view.inUse(Place.SYSTEM)).as("the sets, in kernel memory").isEqualTo(6);
    firmware.callFreeAll(0);
    ModuleMemoryLife.finish(firmware);
    ModuleMemoryLife.assertNothingLeft(firmware);
  }
}
