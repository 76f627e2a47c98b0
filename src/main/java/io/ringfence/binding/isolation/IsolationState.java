package io.ringfence.binding.isolation;

import io.ringfence.firmware.heap.UserBlocks;
import io.ringfence.firmware.isolation.CallTrace;
import io.ringfence.firmware.isolation.HeapArgument;
import io.ringfence.firmware.isolation.HeapMap;
import io.ringfence.firmware.isolation.HeapName;
import io.ringfence.firmware.isolation.IsolationFirmware;
import io.ringfence.trace.IntValue;
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
import org.jspecify.annotations.Nullable;

/** Reads the spec's variables out of the RAM. */
final class IsolationState {
  static final List<String> VARIABLES =
      List.of("astray", "taken", "home", "held", "done", "pointer", "table", "dead", "call");

  private static final Value NONE = StringValue.of("-");

  private final IsolationModel model;
  private final IsolationFirmware firmware;
  private final HeapMap map;

  IsolationState(IsolationModel model, IsolationFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.map = firmware.map();
  }

  Value[] read() {
    return new Value[] {
      astray(),
      taken(),
      Values.record(
          Map.of(
              "user", IntValue.of(map.home(HeapName.USER)),
              "driver", IntValue.of(map.home(HeapName.DRIVER)))),
      held(),
      threads(firmware.clients()::isDone),
      argument(firmware.arguments().argument(firmware.arguments().userHeapPointer())),
      table(),
      threads(firmware.clients()::isDead),
      call()
    };
  }

  private Value astray() {
    List<Value> heaps = new ArrayList<>();
    for (HeapName heap : HeapName.values()) {
      if (!map.isInOrder(heap)) {
        heaps.add(StringValue.of(name(heap)));
      }
    }
    return SetValue.of(heaps);
  }

  private Value taken() {
    Map<String, Value> taken = new LinkedHashMap<>();
    for (HeapName heap : HeapName.values()) {
      List<Value> places = new ArrayList<>();
      if (heap == HeapName.VIRTUAL && map.isTaken(heap, HeapMap.SMALL)) {
        places.add(IntValue.of(HeapMap.SMALL));
      }
      for (int place = 1; place <= map.places(heap).size(); place++) {
        if (map.isTaken(heap, place)) {
          places.add(IntValue.of(place));
        }
      }
      taken.put(name(heap), SetValue.of(places));
    }
    return Values.record(taken);
  }

  private Value held() {
    Map<String, Value> held = new LinkedHashMap<>();
    List<String> clients = model.clients();
    for (int client = 0; client < clients.size(); client++) {
      int address = firmware.clients().held(client);
      HeapMap.Spot spot = map.spot(address);
      held.put(
          clients.get(client),
          spot == null
              ? block(NONE, 0, NONE)
              : block(
                  StringValue.of(name(spot.heap())),
                  spot.place(),
                  StringValue.of(firmware.isCached(address) ? "cached" : "uncached")));
    }
    return Values.record(held);
  }

  private static Value block(Value heap, int place, Value alias) {
    return Values.record(Map.of("heap", heap, "place", IntValue.of(place), "alias", alias));
  }

  private Value threads(IntPredicate contains) {
    List<Value> members = new ArrayList<>();
    for (int i = 0; i < model.threads().size(); i++) {
      if (contains.test(model.thread(i))) {
        members.add(StringValue.of(model.threads().get(i)));
      }
    }
    return SetValue.of(members);
  }

  private Value table() {
    Map<Value, Value> table = new LinkedHashMap<>();
    List<Integer> places = map.places(HeapName.USER);
    for (int i = 0; i < places.size(); i++) {
      UserBlocks.Owner owner = firmware.owner(places.get(i));
      table.put(
          IntValue.of(i + 1),
          owner == UserBlocks.Owner.NOBODY ? NONE : StringValue.of(lower(owner)));
    }
    return Values.function(table);
  }

  private Value call() {
    CallTrace trace = firmware.trace();
    boolean none = trace.op() == CallTrace.Op.NONE;
    int address = trace.get(CallTrace.ADDRESS);
    HeapMap.Spot spot = map.spot(address);
    Map<String, Value> call = new LinkedHashMap<>();
    call.put("by", none ? NONE : StringValue.of(model.callers().get(trace.get(CallTrace.BY))));
    call.put("op", none ? NONE : StringValue.of(lower(trace.op())));
    call.put("arg", argument(HeapArgument.values()[trace.get(CallTrace.ARG)]));
    call.put("handle", argument(HeapArgument.values()[trace.get(CallTrace.HANDLE)]));
    call.put("of", spot == null ? NONE : StringValue.of(name(spot.heap())));
    call.put("at", spot == null ? NONE : StringValue.of(lower(spot.part())));
    call.put("via", via(trace.get(CallTrace.LOCK)));
    call.put("flags", flags(trace.get(CallTrace.FLAGS)));
    call.put("result", result(trace.result()));
    return Values.record(call);
  }

  private static Value flags(int bits) {
    List<Value> names = new ArrayList<>();
    IsolationActions.FLAGS.forEach(
        (name, flag) -> {
          if ((bits & flag) != 0) {
            names.add(StringValue.of(name));
          }
        });
    return SetValue.of(names);
  }

  private Value via(int lock) {
    @Nullable HeapName heap = map.locked(lock);
    return heap != null ? StringValue.of(name(heap)) : lock == 0 ? NONE : StringValue.of("forged");
  }

  private static Value result(CallTrace.Result result) {
    return switch (result) {
      case NONE -> NONE;
      case NULL -> StringValue.of("NULL");
      default -> StringValue.of(lower(result));
    };
  }

  private static Value argument(HeapArgument argument) {
    return switch (argument) {
      case NONE -> NONE;
      case NULL -> StringValue.of("NULL");
      default -> StringValue.of(lower(argument));
    };
  }

  static String name(HeapName heap) {
    return lower(heap);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
