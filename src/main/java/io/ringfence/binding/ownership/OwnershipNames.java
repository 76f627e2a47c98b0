package io.ringfence.binding.ownership;

import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.boot.Firmware;
import io.ringfence.firmware.boot.SchedulerPrivate;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Symbol;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the spec calls the things that lie in the firmware's RAM, and where it finds them. */
final class OwnershipNames {
  static final String NULL = "NULL";
  static final String NONE = "-";

  private final OwnershipModel model;
  private final Firmware firmware;
  private final Ram ram;
  private final Int2ObjectOpenHashMap<String> pointers = new Int2ObjectOpenHashMap<>();
  private final Map<String, Integer> blocks = new LinkedHashMap<>();
  private final List<String> registry = new ArrayList<>();
  private final Symbol kernelData;
  private final Symbol userData;

  OwnershipNames(OwnershipModel model, Firmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.ram = firmware.ram();
    this.kernelData = firmware.layout().map().symbol("kernel_data");
    this.userData = firmware.layout().map().symbol("user_data");
    pointers.put(0, NULL);
    addBlocks("sof_heap", model.kernelHeap());
    addBlocks("ll_user_heap", model.userHeap());
    addBlocks("registry_heap", model.registryHeap());
    registry.addAll(blocks.keySet());
    if (model.attacker()) {
      addBlock("AH", symbol("attacker_head"));
      addBlock("AN", symbol("attacker_node"));
    }
    pointers.put(symbol("ops_full"), "full");
    pointers.put(symbol("ops_partial"), "partial");
    pointers.put(symbol("attacker_ops"), "evil");
    for (var task : model.tasks()) {
      pointers.put(firmware.task(task.name()), task.name());
    }
    for (int i = 0; i < model.threads().size(); i++) {
      pointers.put(firmware.thread(i), model.threads().get(i).name());
    }
  }

  private void addBlocks(String heap, List<String> names) {
    List<Integer> addresses = firmware.blocks(heap);
    for (int i = 0; i < names.size(); i++) {
      addBlock(names.get(i), addresses.get(i));
    }
  }

  private void addBlock(String name, int address) {
    blocks.put(name, address);
    pointers.put(address, name);
  }

  int symbol(String name) {
    return firmware.layout().map().symbol(name).address();
  }

  /** Blocks by name, those of the attacker included. */
  Map<String, Integer> blocks() {
    return blocks;
  }

  /** Names of the blocks that lie in heaps. */
  List<String> registry() {
    return registry;
  }

  /** A pointer to a registry block, an ops table, a task or a thread. */
  String pointer(int address) {
    String name = pointers.get(address);
    return name == null ? String.format("0x%08x", address) : name;
  }

  /** A pointer to private data: its side, and the core that it belongs to. */
  String data(int address) {
    if (address == 0) {
      return NULL;
    }
    if (!kernelData.contains(address) && !userData.contains(address)) {
      return String.format("0x%08x", address);
    }
    int core = ram.load32(address + SchedulerPrivate.CORE.offset());
    return (userData.contains(address) ? "user_" : "kern_") + core(core);
  }

  String core(int core) {
    if (core == Threads.NONE) {
      return NONE;
    }
    return core == model.cores().size()
        ? model.beyondCore()
        : core >= 0 && core < model.cores().size() ? model.cores().get(core) : "#" + core;
  }

  String type(int type) {
    if (type == Threads.NONE) {
      return NONE;
    }
    return type == SchedulerType.COUNT
        ? "COUNT"
        : type >= 0 && type < SchedulerType.COUNT
            ? SchedulerType.values()[type].name()
            : "#" + type;
  }

  String heap(int heap) {
    if (heap == Threads.NONE) {
      return NONE;
    }
    if (heap == 0) {
      return "KHEAP";
    }
    return heap == symbol("ll_user_heap")
        ? "UHEAP"
        : heap == symbol("registry_heap") ? "RHEAP" : String.format("0x%08x", heap);
  }

  String flag(int flags) {
    if (flags == Threads.NONE) {
      return NONE;
    }
    return flags == 0 ? "0" : flags == MemFlags.KERNEL ? "KERNEL" : String.format("0x%x", flags);
  }

  /** A pointer that is unset when it is 0. */
  String optional(int address) {
    return address == 0 ? NONE : pointer(address);
  }

  static String errno(int value) {
    return switch (value) {
      case 0 -> "0";
      case -1 -> "-EPERM";
      case -12 -> "-ENOMEM";
      case -19 -> "-ENODEV";
      case -22 -> "-EINVAL";
      default -> Integer.toString(value);
    };
  }

  static String why(Why why, String nothing) {
    return switch (why) {
      case NOTHING -> nothing;
      case PANIC, ASSERT, VERIFY, HIJACK, MISUSE -> why.name().toLowerCase(Locale.ROOT);
      case NULL_DEREFERENCE -> "!null";
      case PROTECTION -> "!prot";
      case UNMAPPED, USE_AFTER_FREE, OUT_OF_BOUNDS, INVALID_FREE -> "!unmapped";
      case UNINITIALIZED -> "!uninit";
      case HANG -> "!hang";
    };
  }
}
