package io.ringfence.firmware.fastget;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.fastget.FastGetFirmware.Constants;
import io.ringfence.firmware.fastget.FastGetFirmware.Module;
import io.ringfence.firmware.fastget.FastGetFirmware.Result;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long random lives of modules that share copies, with allocations that fail. */
class FastGetProperties {
  private static final int OPERATIONS = 10_000;
  private static final int MOST_HELD = 2;
  private static final int HEAPS = 3;

  /** More than that are only taken if entries are lost: there are at most four copies. */
  private static final int MOST_SLOTS = 6;

  private static final Design HARDENED =
      new Design(Variant.HARDENED, Set.of(), Set.of(), false, Set.of());

  private static final List<Module> MODULES =
      List.of(
          new Module(1, true),
          new Module(1, true),
          new Module(2, true),
          new Module(2, false),
          new Module(0, false));

  /** A life of modules that now take more than they give back, and now less. */
  private static final class Life {
    final FastGetFirmware firmware;
    final Random random;
    boolean grows = true;
    int failures;
    int emptied;

    Life(Random random) {
      this.firmware = new FastGetFirmware(HARDENED, MODULES, HEAPS - 1, true, MOST_HELD);
      this.random = random;
    }

    /** Makes a call, unless none of the kind that was chosen is possible. */
    boolean call() {
      grows ^= random.nextInt(40) == 0;
      int module = random.nextInt(MODULES.size());
      Constants constants = Constants.values()[random.nextInt(Constants.values().length)];
      if (random.nextInt(4) == 0 == grows) {
        return firmware.put(module, constants);
      }
      if (random.nextInt(3) != 0) {
        return firmware.get(module, constants);
      }
      List<Object> before = everything();
      if (!firmware.getFails(module, constants)) {
        return false;
      }
      failures++;
      assertThat(firmware.result()).isEqualTo(Result.NULL);
      assertThat(everything()).as("HEAP-11").isEqualTo(before);
      return true;
    }

    /** How often each copy is held. */
    TreeMap<Integer, Integer> held() {
      TreeMap<Integer, Integer> held = new TreeMap<>();
      for (int module = 0; module < MODULES.size(); module++) {
        for (Constants constants : Constants.values()) {
          int count = firmware.heldCount(module, constants);
          if (count != 0) {
            int copy = firmware.heldCopy(module, constants);
            assertThat(firmware.view().contentAt(copy)).as("its content").isEqualTo(constants);
            held.merge(copy, count, Integer::sum);
          }
        }
      }
      return held;
    }

    /** The copies that the pool knows, with their counts. */
    TreeMap<Integer, Integer> entries() {
      TreeMap<Integer, Integer> entries = new TreeMap<>();
      firmware.view().slots().stream()
          .filter(FastGetView.Slot::taken)
          .forEach(slot -> assertThat(entries.put(slot.copy(), slot.refCount())).isNull());
      return entries;
    }

    /** The copies that lie in heaps. */
    Set<Integer> copies() {
      TreeMap<Integer, Integer> copies = new TreeMap<>();
      for (int heap = 0; heap < HEAPS; heap++) {
        for (Constants constants : Constants.values()) {
          firmware.view().copies(heap, constants).forEach(copy -> copies.put(copy, 0));
        }
      }
      return copies.keySet();
    }

    List<Object> everything() {
      return List.of(held(), entries(), copies());
    }

    void check() {
      assertThat(firmware.result()).as("HEAP-2").isNotEqualTo(Result.STRAY);
      assertThat(firmware.result()).as("HEAP-12").isNotEqualTo(Result.DENIED);
      TreeMap<Integer, Integer> held = held();
      assertThat(entries()).as("HEAP-14: the entries").isEqualTo(held);
      assertThat(copies()).as("HEAP-14: the copies").isEqualTo(held.keySet());
      assertThat(firmware.view().slots()).as("HEAP-14").hasSizeLessThanOrEqualTo(MOST_SLOTS);
      for (int module = 0; module < MODULES.size(); module++) {
        boolean reads = firmware.heldCount(module, Constants.LARGE) != 0;
        assertThat(firmware.isGranted(module))
            .as("ISO-1, ISO-8: module %d", module)
            .isEqualTo(MODULES.get(module).user() && reads);
      }
      emptied += held.isEmpty() ? 1 : 0;
    }
  }

  @Property(tries = 5)
  void withTheFixesThereIsACopyAsLongAsItIsHeld(@ForAll long seed) {
    Life life = new Life(new Random(seed));
    for (int calls = 0; calls < OPERATIONS; ) {
      if (life.call()) {
        life.check();
        calls++;
      }
    }
    assertThat(life.failures).as("allocations that failed").isGreaterThan(50);
    assertThat(life.emptied).as("how often nobody held anything").isGreaterThan(10);
  }

  @Property(tries = 6)
  void asMergedEntriesAreLostUntilThereIsNoMemory(@ForAll long seed) {
    // Of one heap, not in user mode, and with copies that fit, so that nothing else goes wrong.
    List<Module> modules = List.of(new Module(1, false), new Module(1, false));
    FastGetFirmware firmware =
        new FastGetFirmware(Design.merged(), modules, HEAPS - 1, true, MOST_HELD);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      int module = random.nextInt(modules.size());
      if (!firmware.put(module, Constants.SMALL) && firmware.get(module, Constants.SMALL)) {
        refused += firmware.result() == Result.NULL ? 1 : 0;
      }
    }
    assertThat(refused).as("copies that could not be made").isPositive();
  }
}
