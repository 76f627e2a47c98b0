package io.ringfence.binding.ownership;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.boot.Firmware;
import io.ringfence.firmware.boot.FirmwareConfig;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Region;
import io.ringfence.machine.ShadowState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws what lies in memory: registry, blocks, tasks, and the pointers between them. */
final class OwnershipPicture {
  private final OwnershipModel model;
  private final Firmware firmware;
  private final OwnershipNames names;
  private final Ram ram;
  private final Set<Integer> reached;

  OwnershipPicture(OwnershipModel model, Firmware firmware, OwnershipNames names) {
    this.model = model;
    this.firmware = firmware;
    this.names = names;
    this.ram = firmware.ram();
    this.reached = userReach();
  }

  MemoryPicture draw() {
    List<MemoryPicture.Region> regions = new ArrayList<>();
    for (Region region : firmware.layout().map().regions()) {
      List<MemoryObject> objects = objectsIn(region);
      if (!objects.isEmpty()) {
        regions.add(
            new MemoryPicture.Region(
                region.name() + " " + region.kind(),
                Integer.toUnsignedLong(region.start()),
                region.size(),
                access(region),
                objects));
      }
    }
    return new MemoryPicture(regions);
  }

  private UserAccess access(Region region) {
    if (firmware.userMay(region.start(), true)) {
      return UserAccess.WRITE;
    }
    return firmware.userMay(region.start(), false) ? UserAccess.READ : UserAccess.NONE;
  }

  private List<MemoryObject> objectsIn(Region region) {
    List<MemoryObject> objects = new ArrayList<>();
    addArray(region, "_k_schedulers", objects);
    addArray(region, "_u_schedulers", objects);
    names
        .blocks()
        .forEach(
            (name, address) -> {
              if (region.contains(address)) {
                objects.add(block(name, address));
              }
            });
    for (FirmwareConfig.TaskConfig task : model.tasks()) {
      int address = firmware.task(task.name());
      if (region.contains(address)) {
        objects.add(
            object(
                task.name(),
                "struct task",
                address,
                Task.STRUCT.size(),
                List.of(pointer("sch", address + Task.SCH.offset()))));
      }
    }
    return objects;
  }

  private void addArray(Region region, String symbol, List<MemoryObject> objects) {
    int address = names.symbol(symbol);
    if (!region.contains(address)) {
      return;
    }
    List<Word> words = new ArrayList<>();
    for (int core = 0; core < model.cores().size(); core++) {
      words.add(pointer("[" + core + "]", address + 4 * core));
    }
    objects.add(object(symbol, "struct schedulers *[]", address, 4 * model.cores().size(), words));
  }

  /** A block is a list head if it is too small for a node: no word follows its links. */
  private MemoryObject block(String name, int address) {
    boolean head =
        life(address + ScheduleData.TYPE.offset()) == Life.FREE && life(address) != Life.FREE;
    List<Word> words = new ArrayList<>();
    words.add(pointer("next", address + ListItem.NEXT.offset()));
    words.add(pointer("prev", address + ListItem.PREV.offset()));
    if (!head) {
      words.add(
          word("type", address, ScheduleData.TYPE, names.type(value(address, ScheduleData.TYPE))));
      words.add(
          word("ops", address, ScheduleData.OPS, names.pointer(value(address, ScheduleData.OPS))));
      words.add(
          word("data", address, ScheduleData.DATA, names.data(value(address, ScheduleData.DATA))));
    }
    return object(
        name,
        head ? "struct schedulers" : "struct schedule_data",
        address,
        head ? 8 : ScheduleData.STRUCT.size(),
        life(address) == Life.FREE ? List.of() : words);
  }

  private int value(int base, Field field) {
    return ram.load32(base + field.offset());
  }

  private MemoryObject object(String name, String struct, int address, int size, List<Word> words) {
    return new MemoryObject(
        name,
        struct,
        Integer.toUnsignedLong(address),
        size,
        life(address),
        reached.contains(address),
        words);
  }

  private Life life(int address) {
    return switch (ram.shadow().state(address)) {
      case LIVE -> Life.LIVE;
      case UNINITIALIZED -> Life.RAW;
      case FREED, UNALLOCATED -> Life.FREE;
    };
  }

  private Word pointer(String field, int address) {
    String name = names.pointer(ram.load32(address));
    return text(field, address, name, target(address));
  }

  private Word word(String field, int base, Field word, String value) {
    return text(field, base + word.offset(), value, null);
  }

  private Word text(String field, int address, String value, @Nullable String target) {
    String shown =
        switch (ram.shadow().state(address)) {
          case LIVE -> value;
          case UNINITIALIZED -> "uninitialized";
          case FREED, UNALLOCATED -> "free";
        };
    return new Word(field, shown, target, ram.shadow().isUserWritten(address));
  }

  private @Nullable String target(int address) {
    boolean live = ram.shadow().state(address) == ShadowState.LIVE;
    int pointer = ram.load32(address);
    return live && names.blocks().containsValue(pointer) ? names.pointer(pointer) : null;
  }

  /** Blocks that user threads come to through pointers in memory that they may read. */
  private Set<Integer> userReach() {
    Map<String, Integer> blocks = names.blocks();
    Set<Integer> found = new HashSet<>();
    Deque<Integer> queue = new ArrayDeque<>();
    int array = names.symbol("_u_schedulers");
    for (int core = 0; core < model.cores().size(); core++) {
      queue.add(ram.load32(array + 4 * core));
    }
    while (!queue.isEmpty()) {
      int block = queue.poll();
      if (!blocks.containsValue(block) || !found.add(block) || !firmware.userMay(block, false)) {
        continue;
      }
      for (Field link : List.of(ListItem.NEXT, ListItem.PREV)) {
        if (ram.shadow().state(block + link.offset()) == ShadowState.LIVE) {
          queue.add(value(block, link));
        }
      }
    }
    return found;
  }
}
