package io.ringfence.binding.ownership;

import io.ringfence.binding.ThreadEnd;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.boot.Firmware;
import io.ringfence.firmware.boot.FirmwareConfig;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws the threads of the registry, and its lists of schedulers. */
final class OwnershipThreads {
  private final OwnershipModel model;
  private final Firmware firmware;
  private final OwnershipNames names;
  private final Ram ram;

  OwnershipThreads(OwnershipModel model, Firmware firmware, OwnershipNames names) {
    this.model = model;
    this.firmware = firmware;
    this.names = names;
    this.ram = firmware.ram();
  }

  ThreadPicture draw() {
    List<Lane> lanes = new ArrayList<>();
    String actor = null;
    for (int i = 0; i < model.threads().size(); i++) {
      lanes.add(lane(model.threads().get(i), firmware.thread(i)));
      if (firmware.thread(i) == firmware.currentThread()) {
        actor = model.threads().get(i).name();
      }
    }
    List<ItemList> lists = new ArrayList<>();
    addLists("kernel list of ", "_k_schedulers", lists);
    addLists("user list of ", "_u_schedulers", lists);
    return new ThreadPicture(lanes, List.of(), lists, List.of(), actor);
  }

  private Lane lane(FirmwareConfig.ThreadConfig config, int thread) {
    Label label = Threads.label(ram, thread);
    Why why = Why.at(Threads.get(ram, thread, Threads.WHY));
    Status status = Status.READY;
    String detail = "";
    if (label == Label.DEAD) {
      status = ThreadEnd.of(why).status();
      detail = ThreadEnd.of(why).detail();
    } else if (firmware.haltReason() != Why.NOTHING) {
      ThreadEnd end = ThreadEnd.ofOthers(firmware.haltReason());
      status = end.status();
      detail = end.detail();
    } else if (label == Label.IDLE) {
      status = Status.IDLE;
    }
    return new Lane(
        config.name(),
        model.cores().get(config.core()),
        config.user() ? Mode.USER : Mode.KERNEL,
        status,
        detail,
        label == Label.IDLE || label == Label.DEAD ? "" : label.text(),
        calls(label));
  }

  private static List<String> calls(Label label) {
    return switch (label) {
      case IDLE, DEAD -> List.of();
      case I2_VALIDATE_OPS, I3_ALLOC_NODE, I4_ZERO, I4_FILL -> List.of("scheduler_init");
      case G1_PICK_SLOT, G2_ALLOC_HEAD, G2_ZERO_HEAD, G2_INIT_HEAD, G3_APPEND ->
          List.of("scheduler_init", "scheduler_register");
      case T2_PICK_LIST, T3_CHECK_LIST, T4_WALK, T5_NOT_FOUND, T6_STORE ->
          List.of("schedule_task_init");
    };
  }

  private void addLists(String name, String array, List<ItemList> lists) {
    for (int core = 0; core < model.cores().size(); core++) {
      int head = ram.load32(names.symbol(array) + 4 * core);
      if (head != 0) {
        lists.add(walk(name + model.cores().get(core), head));
      }
    }
  }

  /** Follows the links as the kernel does, but notices when they lead astray. */
  private ItemList walk(String name, int head) {
    List<Item> items = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    int at = head;
    String broken = obstacle(at);
    while (broken.isEmpty()) {
      at = ram.load32(at + ListItem.NEXT.offset());
      if (at == head) {
        break;
      }
      broken = seen.add(at) ? obstacle(at) : "cycle";
      if (broken.isEmpty()) {
        items.add(new Item(names.pointer(at), state(at)));
      }
    }
    return new ItemList(name, items, broken);
  }

  /** Why a walk cannot go on from a node; empty if it can. */
  private String obstacle(int node) {
    if (node == 0) {
      return OwnershipNames.NULL;
    }
    if (!names.blocks().containsValue(node)) {
      return "leads to " + names.pointer(node);
    }
    return switch (ram.shadow().state(node + ListItem.NEXT.offset())) {
      case LIVE -> "";
      case UNINITIALIZED -> names.pointer(node) + " was not written";
      case FREED, UNALLOCATED -> "leads into dead memory, " + names.pointer(node);
    };
  }

  private String state(int node) {
    int type = node + ScheduleData.TYPE.offset();
    return ram.shadow().state(type) == ShadowState.LIVE ? names.type(ram.load32(type)) : "";
  }
}
