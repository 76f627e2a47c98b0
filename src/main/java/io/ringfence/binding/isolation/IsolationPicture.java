package io.ringfence.binding.isolation;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Region;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.isolation.CallTrace;
import io.ringfence.firmware.isolation.HeapArgument;
import io.ringfence.firmware.isolation.HeapMap;
import io.ringfence.firmware.isolation.HeapName;
import io.ringfence.firmware.isolation.IsolationFirmware;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws the heaps, those in blocks of others included, and who holds what. */
final class IsolationPicture {
  private final IsolationModel model;
  private final IsolationFirmware firmware;
  private final HeapMap map;

  private IsolationPicture(IsolationModel model, IsolationFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.map = firmware.map();
  }

  static MemoryPicture draw(IsolationModel model, IsolationFirmware firmware) {
    return new IsolationPicture(model, firmware).draw();
  }

  private MemoryPicture draw() {
    List<Region> regions = new ArrayList<>();
    for (HeapName heap : List.of(HeapName.SYSTEM, HeapName.SHARED, HeapName.L3, HeapName.VIRTUAL)) {
      if (!map.places(heap).isEmpty()) {
        regions.add(region(heap + " heap", UserAccess.NONE, blocks(heap)));
      }
    }
    regions.add(region("sysuser partition", UserAccess.WRITE, List.of(pointer())));
    regions.add(region("clients", UserAccess.NONE, clients()));
    return new MemoryPicture(regions);
  }

  private static Region region(String name, UserAccess access, List<MemoryObject> objects) {
    long start = objects.isEmpty() ? 0 : objects.get(0).address();
    return new Region(name.toLowerCase(Locale.ROOT), start, 0, access, objects);
  }

  private List<MemoryObject> blocks(HeapName heap) {
    List<MemoryObject> objects = new ArrayList<>();
    List<Integer> places = map.places(heap);
    for (int place = 1; place <= places.size(); place++) {
      Life life = map.isTaken(heap, place) ? Life.LIVE : Life.FREE;
      @Nullable HeapName nested = heap == map.outer() ? nestedAt(place) : null;
      MemoryObject block =
          new MemoryObject(
              blockName(heap, place),
              nested == null ? "block" : "memory of the " + lower(nested) + " heap",
              Integer.toUnsignedLong(places.get(place - 1)),
              0,
              life,
              nested == HeapName.USER || heap == HeapName.USER,
              List.of());
      objects.add(nested == null ? block : block.holding(blocks(nested)));
    }
    return objects;
  }

  private @Nullable HeapName nestedAt(int place) {
    for (HeapName heap : List.of(HeapName.USER, HeapName.DRIVER)) {
      if (map.home(heap) == place) {
        return heap;
      }
    }
    return null;
  }

  private static String blockName(HeapName heap, int place) {
    return lower(heap) + " " + place;
  }

  private MemoryObject pointer() {
    HeapArgument value = firmware.arguments().argument(firmware.arguments().userHeapPointer());
    Word word =
        new Word(
            "zephyr_ll_heap",
            lower(value),
            null,
            firmware.arguments().isUserHeapPointerUserWritten());
    return object(
        "zephyr_ll_heap",
        "struct k_heap *",
        firmware.arguments().userHeapPointerAddress(),
        List.of(value == HeapArgument.USER ? word : word.astray()));
  }

  private List<MemoryObject> clients() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int client = 0; client < model.clients().size(); client++) {
      int address = firmware.clients().held(client);
      HeapMap.@Nullable Spot spot = map.spot(address);
      String target = spot == null ? null : blockName(spot.heap(), spot.place());
      String alias = firmware.isCached(address) ? "cached" : "uncached";
      Word word = new Word("ptr", target == null ? "NULL" : target + ", " + alias, target, false);
      objects.add(
          object(
              model.clients().get(client) + (firmware.clients().isDead(client) ? " (killed)" : ""),
              "void *",
              firmware.clients().pointerAddress(client),
              List.of(wentAstray(address) ? word.astray() : word)));
    }
    return objects;
  }

  /** Whether the last call was a free of this address that stopped the kernel or the thread. */
  private boolean wentAstray(int address) {
    CallTrace trace = firmware.trace();
    return address != 0
        && trace.get(CallTrace.ADDRESS) == address
        && switch (trace.result()) {
          case PANIC, CRASH, FAULT -> true;
          default -> false;
        };
  }

  private static MemoryObject object(String name, String struct, int address, List<Word> words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 4L * words.size(), Life.LIVE, false, words);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
