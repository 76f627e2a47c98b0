package io.ringfence.binding.module;

import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.modules.ModuleCall;
import io.ringfence.firmware.modules.ModuleFirmware;
import io.ringfence.firmware.modules.ModuleFrame;
import io.ringfence.firmware.modules.ModuleView;
import io.ringfence.firmware.modules.ModuleView.Kernel;
import io.ringfence.firmware.modules.ModuleView.Place;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the spec's variables out of the firmware's RAM. */
final class ModuleState {
  static final List<String> VARIABLES =
      List.of(
          "frame", "mutex", "word", "pool", "held", "inUse", "kernel", "forged", "stop", "lost");

  private static final List<Place> HEAPS =
      List.of(Place.OWN, Place.REGION, Place.SYSTEM, Place.OTHER);

  private final ModuleModel model;
  private final ModuleFirmware firmware;
  private final ModuleView view;

  ModuleState(ModuleModel model, ModuleFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.view = firmware.view();
  }

  Value[] read() {
    Kernel kernel = view.kernel();
    return new Value[] {
      frames(),
      StringValue.of(mutex()),
      words(),
      pool(),
      held(),
      inUse(kernel),
      StringValue.of(
          switch (kernel) {
            case WHOLE -> "whole";
            case ASTRAY -> "astray";
            default -> "damaged";
          }),
      IntValue.of(model.maxForgeries() - firmware.forgeriesLeft()),
      StringValue.of(firmware.threads().stopped() == Why.NOTHING ? "-" : "fault"),
      BoolValue.of(firmware.hasLost())
    };
  }

  private String mutex() {
    int holder = firmware.threads().mutexHolder();
    return holder == StepThreads.NONE ? "-" : model.threads().get(holder);
  }

  private Value frames() {
    Map<String, Value> frames = new LinkedHashMap<>();
    for (int i = 0; i < model.threads().size(); i++) {
      frames.put(model.threads().get(i), frame(i));
    }
    return Values.record(frames);
  }

  private Value frame(int thread) {
    int call = firmware.threads().frame(thread, ModuleFrame.CALL);
    int slot = firmware.threads().frame(thread, ModuleFrame.SLOT);
    return Values.record(
        Map.of(
            "pc",
            text(firmware.threads().label(thread)),
            "call",
            StringValue.of(call == StepThreads.NONE ? "-" : ModuleCall.values()[call].text()),
            "slot",
            StringValue.of(slot == StepThreads.NONE ? "-" : model.slots().get(slot)),
            "size",
            StringValue.of(size(thread, call)),
            "seen",
            seen(thread),
            "used",
            used(thread),
            "got",
            got(thread, call)));
  }

  /** The size that a call for a block asks for; a copy has that of its data. */
  private String size(int thread, int call) {
    return call == ModuleCall.MOD_FAST_GET.ordinal()
        ? "-"
        : ModuleModel.size(firmware.threads().frame(thread, ModuleFrame.BYTES));
  }

  private Value got(int thread, int call) {
    int address = firmware.threads().frame(thread, ModuleFrame.PTR);
    return address == StepThreads.NONE
        ? StringValue.of("-")
        : kept(address, ModuleCall.values()[call]);
  }

  /** What lies at an address that a call returned. */
  private Value kept(int address, ModuleCall from) {
    return switch (from) {
      case MOD_DATA_BLOB_HANDLER_NEW -> StringValue.of("handler");
      case MOD_FAST_GET -> StringValue.of("copy");
      default -> text(view.place(address));
    };
  }

  /** What the verifier looked at. */
  private Value seen(int thread) {
    int bytes = firmware.threads().frame(thread, ModuleFrame.H_SIZE);
    return bytes == StepThreads.NONE
        ? StringValue.of("-")
        : text(
            bytes == 0
                ? Place.NOTHING
                : view.place(firmware.threads().frame(thread, ModuleFrame.H_START)));
  }

  /** Which context the block was taken from. */
  private Value used(int thread) {
    int region = firmware.threads().frame(thread, ModuleFrame.VREG);
    return region == StepThreads.NONE
        ? StringValue.of("-")
        : text(
            region == 0
                ? looked(view.heap(firmware.threads().frame(thread, ModuleFrame.HEAP)))
                : view.region(region));
  }

  /** No range is recorded of the system heap, so it passes for none. */
  private static Place looked(Place heap) {
    return heap == Place.SYSTEM ? Place.NOTHING : heap;
  }

  private Value words() {
    return Values.record(
        Map.of(
            "alloc",
            StringValue.of(
                view.contextPointer() == 0
                    ? "NULL"
                    : view.contextPointer() == view.context() ? "ctx" : "outside"),
            "mdom",
            pointer(view.domain()),
            "free",
            SetValue.of(forgedHandlers()),
            "type",
            StringValue.of(wrongType()),
            "heap",
            pointer(view.heap(view.contextHeap())),
            "vreg",
            pointer(view.region(view.contextRegion())),
            "poolHeap",
            pointer(view.heap(view.poolHeap())),
            "poolVreg",
            pointer(view.region(view.poolRegion()))));
  }

  private static Value pointer(Place place) {
    return place == Place.NOTHING ? StringValue.of("NULL") : text(place);
  }

  private List<Value> forgedHandlers() {
    List<Value> forged = new ArrayList<>();
    for (int slot = 0; slot < model.slots().size(); slot++) {
      if (firmware.isHandler(slot) && view.isForgedHandler(firmware.held(slot))) {
        forged.add(StringValue.of(model.slots().get(slot)));
      }
    }
    return forged;
  }

  /** The pointer to a block whose container says that it is a handler. */
  private String wrongType() {
    for (int set : view.sets()) {
      List<Integer> containers = view.containers(set);
      for (int i = 0; i < containers.size(); i++) {
        int slot = slotOf(view.block(containers.get(i)));
        if (view.isTaken(set, i)
            && view.isHandler(containers.get(i))
            && slot != StepThreads.NONE
            && !firmware.isHandler(slot)) {
          return model.slots().get(slot);
        }
      }
    }
    return "-";
  }

  private int slotOf(int block) {
    for (int slot = 0; slot < model.slots().size(); slot++) {
      if (block != 0 && firmware.held(slot) == block) {
        return slot;
      }
    }
    return StepThreads.NONE;
  }

  private Value pool() {
    List<Value> sets = new ArrayList<>();
    for (int set : view.sets()) {
      List<Value> containers = new ArrayList<>();
      List<Integer> addresses = view.containers(set);
      for (int i = 0; i < addresses.size(); i++) {
        containers.add(StringValue.of(container(set, i, addresses.get(i))));
      }
      sets.add(Values.record(Map.of("home", text(view.place(set)), "of", SeqValue.of(containers))));
    }
    return SeqValue.of(sets);
  }

  private String container(int set, int index, int address) {
    if (!view.isTaken(set, index)) {
      return "free";
    }
    for (int thread = 0; thread < model.threads().size(); thread++) {
      if (firmware.threads().frame(thread, ModuleFrame.CONTAINER) == address) {
        return "new";
      }
    }
    int block = view.block(address);
    int slot = slotOf(block);
    if (slot != StepThreads.NONE) {
      return model.slots().get(slot);
    }
    if (block == view.victim()) {
      return "victim";
    }
    return block == view.otherBlock()
        ? "other"
        : view.place(block) == Place.OUTSIDE ? "outside" : String.format("0x%08x", block);
  }

  private Value held() {
    Map<String, Value> held = new LinkedHashMap<>();
    for (int i = 0; i < model.slots().size(); i++) {
      int address = firmware.held(i);
      held.put(
          model.slots().get(i),
          address == 0 ? StringValue.of("-") : kept(address, firmware.origin(i)));
    }
    return Values.record(held);
  }

  /** Blocks are not counted once the kernel is damaged. */
  private Value inUse(Kernel kernel) {
    Map<String, Value> inUse = new LinkedHashMap<>();
    for (Place heap : HEAPS) {
      inUse.put(name(heap), IntValue.of(kernel.isDamaged() ? 0 : view.inUse(heap)));
    }
    return Values.record(inUse);
  }

  private static Value text(Enum<?> value) {
    return StringValue.of(name(value));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
