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
    int freed = firmware.trace().get(CallTrace.ADDRESS);
    MemoryObject call = new LastCallPicture(model, firmware, isRelied(freed)).draw();
    regions.add(region("last call", UserAccess.NONE, List.of(call)));
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
              life == Life.FREE && nested == null
                  ? List.of()
                  : List.of(holder(heap, place, nested)));
      objects.add(nested == null ? block : block.holding(blocks(nested)));
    }
    return objects;
  }

  /** Who a block is for; one that nobody holds is lost, and a heap is nowhere in a free one. */
  private Word holder(HeapName heap, int place, @Nullable HeapName nested) {
    List<String> holders = new ArrayList<>();
    for (int client = 0; client < model.clients().size(); client++) {
      HeapMap.@Nullable Spot held = map.spot(firmware.clients().held(client));
      boolean isHeld = held != null && held.heap() == heap && held.place() == place;
      if (isHeld && !firmware.clients().isDone(client)) {
        holders.add(model.clients().get(client));
      }
    }
    if (nested != null) {
      holders.add(lower(nested) + " heap");
    }
    boolean isTaken = map.isTaken(heap, place);
    String names = holders.isEmpty() ? "nobody" : String.join(" and ", holders);
    Word word = new Word("held by", names, null, false);
    boolean isAstray = isTaken ? holders.size() != 1 : nested != null;
    return isAstray ? word.astray() : word;
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

  /** The name of the block that a place in memory is part of. */
  static String blockName(HeapMap.Spot spot) {
    return blockName(spot.heap(), spot.place());
  }

  /** The name of the object to point to, null if a place is in no block. */
  static @Nullable String target(HeapMap.@Nullable Spot spot) {
    return spot == null || spot.place() == 0 ? null : blockName(spot);
  }

  private MemoryObject pointer() {
    HeapArgument value = firmware.arguments().argument(firmware.arguments().userHeapPointer());
    Word word =
        new Word(
            "zephyr_ll_heap",
            lower(value),
            null,
            firmware.arguments().isUserHeapPointerUserWritten());
    boolean isFollowed =
        firmware.arguments().sysUserHeap() == firmware.arguments().userHeapPointer();
    return object(
        "zephyr_ll_heap",
        "struct k_heap *",
        firmware.arguments().userHeapPointerAddress(),
        List.of(value != HeapArgument.USER && isFollowed ? word.astray() : word));
  }

  private List<MemoryObject> clients() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int client = 0; client < model.clients().size(); client++) {
      int address = firmware.clients().held(client);
      HeapMap.@Nullable Spot spot = map.spot(address);
      String target = target(spot);
      String alias = firmware.isCached(address) ? "cached" : "uncached";
      int pointer = firmware.clients().pointerAddress(client);
      boolean isForged = firmware.ram().shadow().isUserWritten(pointer);
      Word word =
          new Word("ptr", target == null ? "NULL" : target + ", " + alias, target, isForged);
      objects.add(
          object(
              model.clients().get(client) + (firmware.clients().isDead(client) ? " (killed)" : ""),
              "void *",
              pointer,
              List.of(isForged || isAstray(client, spot) ? word.astray() : word)));
    }
    return objects;
  }

  /** Whether a client relies on a block that was freed, or that it may not reach. */
  private boolean isAstray(int client, HeapMap.@Nullable Spot spot) {
    if (spot == null || firmware.clients().isDone(client)) {
      return false;
    }
    boolean isFreed = spot.place() == 0 || !map.isTaken(spot.heap(), spot.place());
    return isFreed || !mayReach(client);
  }

  private boolean mayReach(int client) {
    return client < model.kernelClients().size()
        || firmware.mayReach(client, firmware.clients().held(client));
  }

  /** Whether a client relies on what lies at an address. */
  private boolean isRelied(int address) {
    for (int client = 0; client < model.clients().size() && address != 0; client++) {
      boolean isHeld = firmware.clients().held(client) == address;
      if (isHeld && !firmware.clients().isDone(client)) {
        return true;
      }
    }
    return false;
  }

  private static MemoryObject object(String name, String struct, int address, List<Word> words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 4L * words.size(), Life.LIVE, false, words);
  }

  /** The name of a constant as the picture has it. */
  static String lower(Enum<?> constant) {
    String name = constant.name();
    return "NULL".equals(name) ? name : name.toLowerCase(Locale.ROOT);
  }
}
