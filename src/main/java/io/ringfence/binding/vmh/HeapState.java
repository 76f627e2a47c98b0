package io.ringfence.binding.vmh;

import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.virtualheap.HeapClients;
import io.ringfence.firmware.virtualheap.HeapThreads;
import io.ringfence.firmware.virtualheap.VirtualHeapFirmware;
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
import java.util.function.IntPredicate;

/** The variables of {@code spec/VirtualHeap.tla}, read from the firmware's RAM. */
final class HeapState {
  static final List<String> VARIABLES =
      List.of(
          "contiguous",
          "taken",
          "continues",
          "mapped",
          "physical",
          "lock",
          "call",
          "held",
          "result");

  /** Where {@code contiguous} stands among them. */
  static final int CONTIGUOUS = 0;

  private static final String NOBODY = "-";

  private final HeapModel model;
  private final VirtualHeapFirmware firmware;

  HeapState(HeapModel model, VirtualHeapFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
  }

  Value[] read() {
    VirtualHeap heap = firmware.functions();
    int address = firmware.heap();
    return new Value[] {
      BoolValue.of(firmware.isContiguous()),
      bits((bundle, block) -> heap.isTaken(address, bundle, block)),
      bits((bundle, block) -> heap.isSpanned(address, bundle, block)),
      set(firmware.pageCount(), firmware::isMapped),
      IntValue.of(firmware.freePhysicalPages()),
      StringValue.of(lock()),
      calls(),
      held(),
      StringValue.of(result())
    };
  }

  /** A bit of a block. */
  private interface Bit {
    boolean isSet(int bundle, int block);
  }

  /** For each slot the blocks with a bit; an empty slot has none. */
  private Value bits(Bit bit) {
    List<Value> slots = new ArrayList<>();
    for (int i = 0; i < model.bundles().size(); i++) {
      int bundle = i;
      boolean isEmpty = model.bundles().get(i).blockBytes() == 0;
      int count = isEmpty ? 0 : firmware.functions().blockCount(firmware.heap(), i);
      slots.add(set(count, block -> bit.isSet(bundle, block)));
    }
    return SeqValue.of(slots);
  }

  private static Value set(int count, IntPredicate contains) {
    List<Value> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (contains.test(i)) {
        members.add(IntValue.of(i));
      }
    }
    return SetValue.of(members);
  }

  private String lock() {
    int owner = firmware.mutexOwner();
    for (int i = 0; i < firmware.threadCount(); i++) {
      if (firmware.threads().address(i) == owner) {
        return model.threads().get(i);
      }
    }
    return owner == 0 ? NOBODY : "?";
  }

  private Value calls() {
    Map<String, Value> calls = new LinkedHashMap<>();
    for (int i = 0; i < firmware.threadCount(); i++) {
      calls.put(model.threads().get(i), call(i));
    }
    return Values.record(calls);
  }

  private Value call(int thread) {
    HeapThreads threads = firmware.threads();
    int client = threads.client(thread);
    return Values.record(
        Map.of(
            "pc", StringValue.of(pc(thread)),
            "slot",
                StringValue.of(client == HeapThreads.NOBODY ? NOBODY : model.slots().get(client)),
            "allocator", IntValue.of(threads.bundle(thread) + 1),
            "at", IntValue.of(unit(threads.pointer(thread))),
            "units", IntValue.of(threads.bytes(thread) / model.unitBytes()),
            "align", IntValue.of(threads.align(thread) / model.unitBytes())));
  }

  private String pc(int thread) {
    HeapThreads.Pc pc = firmware.threads().pc(thread);
    if (pc != HeapThreads.Pc.STOPPED) {
      return pc.name().toLowerCase(Locale.ROOT);
    }
    Why why = firmware.threads().why(thread);
    return switch (why) {
      case PANIC, HANG -> why.name().toLowerCase(Locale.ROOT);
      default -> "fault";
    };
  }

  private Value held() {
    HeapClients clients = firmware.clients();
    Map<String, Value> held = new LinkedHashMap<>();
    for (int i = 0; i < firmware.clientCount(); i++) {
      held.put(
          model.slots().get(i),
          Values.record(
              Map.of(
                  "at", IntValue.of(unit(clients.pointer(i))),
                  "units", IntValue.of(clients.bytes(i) / model.unitBytes()),
                  "align", IntValue.of(clients.align(i) / model.unitBytes()))));
    }
    return Values.record(held);
  }

  /** An address, in units from the start of the region; 0 for NULL. */
  private int unit(int address) {
    return address == 0 ? 0 : (address - firmware.region()) / model.unitBytes();
  }

  private String result() {
    return switch (firmware.result()) {
      case NONE -> NOBODY;
      case ALLOCATED, FREED -> firmware.result().name().toLowerCase(Locale.ROOT);
      default -> firmware.result().name();
    };
  }
}
