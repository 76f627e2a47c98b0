package io.ringfence.firmware.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.FailureWatch;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.HeapInvariants;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.modules.ModuleView.Place;
import io.ringfence.machine.Ram;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A random life of a module's memory, with what the module knows of its blocks. */
final class ModuleMemoryLife {
  private static final int SLOTS = 80;
  private static final int HEAP_PAGES = 2;
  private static final int TOO_MUCH = 0x4000;
  private static final int LINE = 64;
  private static final int HEADER = 4;
  private static final int UNIT = 8;

  private static final CacheAliases ALIASES = new CacheAliases(true);

  /** Why an allocation failed. */
  enum Cause {
    NO_ROOM,
    NO_BYTES,
    TOO_LARGE,
    SIZE_WRAPS,
    MADE_TO_FAIL
  }

  /** A block by the size that was asked for, and what its bytes were made from. */
  private record Block(int bytes, int content) {}

  final Map<ModuleCall, Map<Cause, Integer>> failures = new EnumMap<>(ModuleCall.class);
  final Map<ModuleCall, Integer> successes = new EnumMap<>(ModuleCall.class);
  int resets;

  private final ModuleFirmware firmware;
  private final ModuleView view;
  private final ModuleMachine machine;
  private final Ram ram;
  private final Random random;
  private final Place home;
  private final Map<Place, Integer> heaps = new EnumMap<>(Place.class);
  private final Map<Place, TreeMap<Integer, HeapInvariants.Block>> atStart =
      new EnumMap<>(Place.class);
  private final Map<Place, HeapDump> dumpsAtStart;
  private final FailureWatch watch;
  private final Map<Integer, Block> blocks = new TreeMap<>();
  private int usage;
  private int mostUsage;

  ModuleMemoryLife(Random random, Design design, boolean hasRegion) {
    this.random = random;
    this.firmware = new ModuleFirmware(design, true, hasRegion, HEAP_PAGES, 1, SLOTS, 0);
    this.view = firmware.view();
    this.machine = firmware.machine();
    this.ram = firmware.ram();
    this.home = hasRegion ? Place.REGION : Place.OWN;
    heaps.put(Place.OWN, ram.load32(SysHeap.HEAP.in(machine.ownHeap)));
    heaps.put(Place.SYSTEM, ram.load32(SysHeap.HEAP.in(machine.systemHeap)));
    heaps.put(Place.OTHER, ram.load32(SysHeap.HEAP.in(machine.otherHeap)));
    if (hasRegion) {
      heaps.put(Place.REGION, ram.load32(SysHeap.HEAP.in(Vregion.INTERIM.in(machine.region))));
    }
    this.dumpsAtStart = dumps();
    dumpsAtStart.forEach((place, dump) -> atStart.put(place, blocks(place, dump)));
    this.watch = new FailureWatch(ram);
  }

  private Map<Place, HeapDump> dumps() {
    Map<Place, HeapDump> dumps = new EnumMap<>(Place.class);
    heaps.forEach((place, heap) -> dumps.put(place, HeapDump.of(ram, heap, false, false)));
    return dumps;
  }

  /** The blocks in a heap, by their chunks. */
  private TreeMap<Integer, HeapInvariants.Block> blocks(Place place, HeapDump dump) {
    TreeMap<Integer, HeapInvariants.Block> found = new TreeMap<>();
    List<List<Integer>> chunks = dump.chunks();
    for (List<Integer> chunk : chunks.subList(1, chunks.size() - 1)) {
      if (chunk.get(2) != 0) {
        int address = heaps.get(place) + UNIT * chunk.get(0) + HEADER;
        found.put(address, new HeapInvariants.Block(1, 1, 0));
      }
    }
    return found;
  }

  /** Runs a call to its end. */
  static void finish(ModuleFirmware firmware) {
    ModuleSteps steps = firmware.steps();
    while (firmware.threads().label(0) != ModuleFrame.Label.IDLE) {
      boolean moved =
          steps.verify(0)
              || steps.getContainer(0)
              || steps.take(0)
              || steps.record(0)
              || steps.release(0)
              || steps.releaseAll(0)
              || steps.reset(0);
      assertThat(moved).as("the call goes on: %s", firmware.threads().lastFault()).isTrue();
    }
  }

  static void assertNothingLeft(ModuleFirmware firmware) {
    for (Place heap : new Place[] {Place.OWN, Place.REGION, Place.SYSTEM, Place.OTHER}) {
      assertThat(firmware.view().inUse(heap)).as("HEAP-14 blocks left in %s", heap).isZero();
    }
    assertThat(firmware.view().sets()).isEmpty();
    assertThat(firmware.hasLost()).as("HEAP-2 every free arrives").isFalse();
  }

  void step() {
    int slot = random.nextInt(SLOTS);
    if (random.nextInt(800) == 0) {
      freeAll();
    } else if (firmware.held(slot) == 0) {
      allocate(slot);
    } else {
      requireContent(slot);
      assertThat(firmware.callFree(0, slot)).isTrue();
      finish(firmware);
      usage -= Objects.requireNonNull(blocks.remove(slot)).bytes();
    }
    int module = view.module();
    assertThat(ram.load32(ProcessingModule.HEAP_USAGE.in(module))).as("usage").isEqualTo(usage);
    assertThat(ram.load32(ProcessingModule.HIGH_WATER_MARK.in(module)))
        .as("the most that was in use")
        .isEqualTo(mostUsage);
  }

  private void allocate(int slot) {
    Cause cause =
        switch (random.nextInt(20)) {
          case 0 -> Cause.NO_BYTES;
          case 1 -> Cause.TOO_LARGE;
          case 2 -> Cause.SIZE_WRAPS;
          case 3 -> home == Place.OWN ? Cause.MADE_TO_FAIL : Cause.NO_ROOM;
          default -> Cause.NO_ROOM;
        };
    int bytes =
        switch (cause) {
          case NO_BYTES -> 0;
          case TOO_LARGE -> TOO_MUCH + random.nextInt(TOO_MUCH);
          case SIZE_WRAPS -> -1 - random.nextInt(LINE);
          default -> 1 + random.nextInt(400);
        };
    ModuleCall call = random.nextBoolean() ? ModuleCall.MOD_ALLOC_EXT : ModuleCall.MOD_BALLOC_ALIGN;
    final int sets = view.sets().size();
    machine.sofHeap.failAllocation(cause == Cause.MADE_TO_FAIL ? 1 : 0);
    watch.begin();
    assertThat(firmware.callAlloc(0, call, slot, bytes)).isTrue();
    finish(firmware);
    machine.sofHeap.failAllocation(0);
    int address = firmware.held(slot);
    if (address == 0) {
      requireUntouched(view.sets().size() - sets);
      failures
          .computeIfAbsent(call, key -> new EnumMap<>(Cause.class))
          .merge(cause, 1, Integer::sum);
      return;
    }
    assertThat(cause).as("HEAP-17: %d bytes", bytes).isEqualTo(Cause.NO_ROOM);
    successes.merge(call, 1, Integer::sum);
    assertThat(view.place(address)).as("HEAP-12: the heap of the context").isEqualTo(home);
    assertThat(view.place(address + bytes - 1)).as("to the last byte").isEqualTo(home);
    int boundary = home == Place.REGION ? LINE : HEADER;
    assertThat(Integer.remainderUnsigned(address, boundary)).as("alignment").isZero();
    Block block = new Block(bytes, random.nextInt());
    for (int i = 0; i < bytes; i++) {
      ram.store8(address + i, block.content() + 31 * i & 0xff);
    }
    blocks.put(slot, block);
    usage += bytes;
    mostUsage = Math.max(mostUsage, usage);
  }

  /** HEAP-11: no heap has changed, but for a set of containers, which stays for the next call. */
  private void requireUntouched(int newSets) {
    if (newSets == 1) {
      checkChunks();
      return;
    }
    assertThat(newSets).isZero();
    Set<Integer> changed = watch.changedWords();
    changed.removeIf(word -> !isInHeap(word));
    heaps.values().forEach(heap -> changed.removeAll(heads(heap)));
    assertThat(changed).as("HEAP-11: words that a failed call has changed").isEmpty();
  }

  private Set<Integer> heads(int heap) {
    return HeapInvariants.listHeads(ram, ALIASES.uncached(heap), HeapConfig.RELEASE);
  }

  /** Whether a word is in the memory of a heap, headers and all. */
  private boolean isInHeap(int word) {
    return machine.systemMemory.contains(word)
        || machine.ownMemory.contains(word)
        || machine.regionMemory.contains(word)
        || machine.otherMemory.contains(word);
  }

  private void requireContent(int slot) {
    Block block = blocks.get(slot);
    int address = firmware.held(slot);
    for (int i = 0; i < block.bytes(); i++) {
      if (ram.load8(address + i) != (block.content() + 31 * i & 0xff)) {
        assertThat(i).as("a byte of block 0x%x was overwritten", address).isNegative();
      }
    }
  }

  void freeAll() {
    blocks.keySet().forEach(this::requireContent);
    assertThat(firmware.callFreeAll(0)).isTrue();
    finish(firmware);
    blocks.clear();
    usage = 0;
    mostUsage = 0;
    resets++;
    assertNothingLeft(firmware);
    assertThat(dumps()).as("HEAP-14, chunk by chunk").isEqualTo(dumpsAtStart);
  }

  /** HEAP-3 to HEAP-7 in all heaps; each has the blocks and sets that are its own, and no more. */
  void check() {
    checkChunks();
    TreeMap<Integer, Integer> ends = new TreeMap<>();
    blocks.forEach(
        (slot, block) -> {
          int address = firmware.held(slot);
          assertThat(ends.put(address, address + block.bytes())).as("handed out once").isNull();
        });
    int end = Integer.MIN_VALUE;
    for (Map.Entry<Integer, Integer> block : ends.entrySet()) {
      assertThat(block.getKey()).as("HEAP-3 behind its neighbor").isGreaterThanOrEqualTo(end);
      end = block.getValue();
    }
    assertThat(view.blocks())
        .as("a container for each block")
        .containsExactlyInAnyOrderElementsOf(ends.keySet());
  }

  private void checkChunks() {
    Map<Integer, HeapInvariants.Block> all = new HashMap<>();
    blocks.forEach(
        (slot, block) ->
            all.put(firmware.held(slot), new HeapInvariants.Block(block.bytes(), 1, 0)));
    new HashSet<>(view.sets()).forEach(set -> all.put(set, new HeapInvariants.Block(1, 1, 0)));
    heaps.forEach(
        (place, heap) -> {
          TreeMap<Integer, HeapInvariants.Block> live = new TreeMap<>(atStart.get(place));
          all.forEach(
              (address, block) -> {
                if (view.place(address) == place) {
                  live.put(address, block);
                }
              });
          HeapInvariants.checkChunks(ram, heap, HeapConfig.RELEASE, live);
        });
  }

  /** The causes for which each call has to have failed in a long life. */
  Set<Cause> causes() {
    Set<Cause> causes = new HashSet<>(Set.of(Cause.values()));
    if (home == Place.REGION) {
      causes.remove(Cause.MADE_TO_FAIL);
    }
    return causes;
  }
}
