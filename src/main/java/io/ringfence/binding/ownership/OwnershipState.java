package io.ringfence.binding.ownership;

import io.ringfence.binding.ValueCache;
import io.ringfence.firmware.boot.Firmware;
import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The abstraction function: computes the spec's variables by walking the RAM as a debugger would.
 *
 * <p>For each variable the words that it depends on are read first; only if these words were never
 * met before is a value built from them.
 */
final class OwnershipState {
  static final List<String> VARIABLES =
      List.of(
          "userTypes",
          "kSlot",
          "uSlot",
          "mem",
          "tainted",
          "power",
          "boot",
          "thread",
          "result",
          "task",
          "halted");

  private static final Map<String, Integer> BLOCK_FIELDS = new LinkedHashMap<>();
  private static final Map<String, Field> FRAME_FIELDS = new LinkedHashMap<>();

  static {
    BLOCK_FIELDS.put("next", ListItem.NEXT.offset());
    BLOCK_FIELDS.put("prev", ListItem.PREV.offset());
    BLOCK_FIELDS.put("type", ScheduleData.TYPE.offset());
    BLOCK_FIELDS.put("ops", ScheduleData.OPS.offset());
    BLOCK_FIELDS.put("data", ScheduleData.DATA.offset());
    FRAME_FIELDS.put("pc", Threads.PC);
    FRAME_FIELDS.put("type", Threads.TYPE);
    FRAME_FIELDS.put("core", Threads.CORE);
    FRAME_FIELDS.put("task", Threads.TASK);
    FRAME_FIELDS.put("ops", Threads.OPS);
    FRAME_FIELDS.put("heap", Threads.HEAP);
    FRAME_FIELDS.put("flag", Threads.FLAG);
    FRAME_FIELDS.put("node", Threads.NODE);
    FRAME_FIELDS.put("list", Threads.LIST);
    FRAME_FIELDS.put("why", Threads.WHY);
  }

  private static final int[] BLOCK_OFFSETS =
      BLOCK_FIELDS.values().stream().mapToInt(Integer::intValue).toArray();

  private final OwnershipModel model;
  private final Firmware firmware;
  private final OwnershipNames names;
  private final Ram ram;
  private final Value userTypes;
  private final List<String> blockNames;
  private final int[] blocks;
  private final int registryBlocks;
  private final int kernelArray;
  private final int userArray;
  private final int afterUserArray;
  private final int callResult;
  private final int haltReason;
  private final ValueCache[] caches = new ValueCache[VARIABLES.size()];

  OwnershipState(OwnershipModel model, Firmware firmware, OwnershipNames names) {
    this.model = model;
    this.firmware = firmware;
    this.names = names;
    this.ram = firmware.ram();
    this.userTypes =
        SetValue.of(
            firmware.config().design().userTypes().stream()
                .map(type -> StringValue.of(type.name()))
                .toList());
    this.blockNames = List.copyOf(names.blocks().keySet());
    this.blocks = names.blocks().values().stream().mapToInt(Integer::intValue).toArray();
    this.registryBlocks = names.registry().size();
    this.kernelArray = names.symbol("_k_schedulers");
    this.userArray = names.symbol("_u_schedulers");
    this.afterUserArray = names.symbol("after_u_schedulers");
    this.callResult = names.symbol("call_result");
    this.haltReason = names.symbol("halt_reason");
    Arrays.setAll(caches, i -> new ValueCache());
  }

  Value[] read() {
    return new Value[] {
      userTypes,
      kSlot(caches[1]),
      uSlot(caches[2]),
      mem(caches[3]),
      tainted(caches[4]),
      power(caches[5]),
      boot(caches[6]),
      thread(caches[7]),
      result(caches[8]),
      task(caches[9]),
      halted(caches[10])
    };
  }

  private Value kSlot(ValueCache cache) {
    cache.begin();
    for (int core = 0; core < model.cores().size(); core++) {
      cache.add(ram.load32(kernelArray + 4 * core));
    }
    return cache.value(
        () -> perCore(core -> text(names.pointer(ram.load32(kernelArray + 4 * core)))));
  }

  private Value uSlot(ValueCache cache) {
    cache.begin();
    for (int core = 0; core < model.cores().size(); core++) {
      cache.add(ram.load32(userArray + 4 * core));
    }
    cache.add(ram.load32(afterUserArray));
    return cache.value(
        () -> {
          Map<String, Value> slots = new LinkedHashMap<>();
          for (int core = 0; core < model.cores().size(); core++) {
            slots.put(
                model.cores().get(core), text(names.pointer(ram.load32(userArray + 4 * core))));
          }
          slots.put(model.beyondCore(), text(names.pointer(ram.load32(afterUserArray))));
          return Values.record(slots);
        });
  }

  private Value mem(ValueCache cache) {
    cache.begin();
    for (int block : blocks) {
      for (int offset : BLOCK_OFFSETS) {
        cache.add(ram.load32(block + offset));
        cache.add(ram.shadow().state(block + offset).ordinal());
      }
    }
    return cache.value(
        () -> {
          Map<String, Value> mem = new LinkedHashMap<>();
          for (int i = 0; i < blocks.length; i++) {
            mem.put(blockNames.get(i), block(blocks[i]));
          }
          return Values.record(mem);
        });
  }

  private Value block(int address) {
    Map<String, Value> fields = new LinkedHashMap<>();
    BLOCK_FIELDS.forEach((field, offset) -> fields.put(field, text(word(field, address + offset))));
    return Values.record(fields);
  }

  private String word(String field, int address) {
    ShadowState state = ram.shadow().state(address);
    if (state != ShadowState.LIVE) {
      return state == ShadowState.UNINITIALIZED ? "uninit" : "free";
    }
    int value = ram.load32(address);
    return switch (field) {
      case "type" -> names.type(value);
      case "data" -> names.data(value);
      default -> names.pointer(value);
    };
  }

  private Value tainted(ValueCache cache) {
    cache.begin();
    for (int core = 0; core < model.cores().size(); core++) {
      cache.add(userWritten(userArray + 4 * core));
    }
    for (int i = 0; i < registryBlocks; i++) {
      for (int offset : BLOCK_OFFSETS) {
        cache.add(userWritten(blocks[i] + offset));
      }
    }
    return cache.value(this::taintedWords);
  }

  private int userWritten(int address) {
    return ram.shadow().isUserWritten(address) ? 1 : 0;
  }

  private Value taintedWords() {
    List<Value> words = new ArrayList<>();
    for (int core = 0; core < model.cores().size(); core++) {
      if (ram.shadow().isUserWritten(userArray + 4 * core)) {
        words.add(SeqValue.of(text("uSlot"), text(model.cores().get(core))));
      }
    }
    for (int i = 0; i < registryBlocks; i++) {
      for (Map.Entry<String, Integer> field : BLOCK_FIELDS.entrySet()) {
        if (ram.shadow().isUserWritten(blocks[i] + field.getValue())) {
          words.add(SeqValue.of(text(blockNames.get(i)), text(field.getKey())));
        }
      }
    }
    return SetValue.of(words);
  }

  private Value power(ValueCache cache) {
    cache.begin();
    for (int core = 0; core < model.cores().size(); core++) {
      cache.add(firmware.power(core).ordinal());
    }
    return cache.value(
        () -> perCore(core -> text(firmware.power(core).name().toLowerCase(Locale.ROOT))));
  }

  private Value boot(ValueCache cache) {
    cache.begin();
    for (int core = 0; core < model.cores().size(); core++) {
      cache.add(firmware.cursor(core));
    }
    return cache.value(
        () ->
            perCore(
                core -> {
                  var order = model.bootOrder().get(core);
                  return SeqValue.of(
                      order.subList(firmware.cursor(core), order.size()).stream()
                          .map(type -> text(type.name()))
                          .toList());
                }));
  }

  private Value thread(ValueCache cache) {
    cache.begin();
    for (int i = 0; i < model.threads().size(); i++) {
      int thread = firmware.thread(i);
      for (int offset = 0; offset < Threads.STRUCT.size(); offset += 4) {
        cache.add(ram.load32(thread + offset));
      }
    }
    return cache.value(
        () -> {
          Map<String, Value> threads = new LinkedHashMap<>();
          for (int i = 0; i < model.threads().size(); i++) {
            threads.put(model.threads().get(i).name(), frame(firmware.thread(i)));
          }
          return Values.record(threads);
        });
  }

  private Value frame(int thread) {
    Map<String, Value> frame = new LinkedHashMap<>();
    FRAME_FIELDS.forEach(
        (name, field) -> frame.put(name, text(local(name, Threads.get(ram, thread, field)))));
    return Values.record(frame);
  }

  private String local(String name, int value) {
    return switch (name) {
      case "pc" -> Label.at(value).text();
      case "type" -> names.type(value);
      case "core" -> names.core(value);
      case "heap" -> names.heap(value);
      case "flag" -> names.flag(value);
      case "why" -> OwnershipNames.why(Why.at(value), OwnershipNames.NONE);
      case "task", "ops" -> names.optional(value);
      default -> names.pointer(value);
    };
  }

  private Value result(ValueCache cache) {
    cache.begin();
    for (int offset = 0; offset < CallResult.STRUCT.size(); offset += 4) {
      cache.add(ram.load32(callResult + offset));
    }
    return cache.value(
        () -> {
          int type = field(callResult, CallResult.TYPE);
          int ret = field(callResult, CallResult.RET);
          boolean returned = field(callResult, CallResult.THREAD) != 0;
          Map<String, Value> result = new LinkedHashMap<>();
          result.put("thread", text(names.optional(field(callResult, CallResult.THREAD))));
          result.put(
              "ret",
              text(
                  !returned
                      ? OwnershipNames.NONE
                      : type == Threads.NONE ? OwnershipNames.errno(ret) : names.data(ret)));
          result.put("task", text(names.optional(field(callResult, CallResult.TASK))));
          result.put("type", text(names.type(type)));
          result.put("via", text(names.pointer(field(callResult, CallResult.VIA))));
          return Values.record(result);
        });
  }

  private Value task(ValueCache cache) {
    cache.begin();
    for (var config : model.tasks()) {
      int task = firmware.task(config.name());
      for (Field field : List.of(Task.SCH, Task.TYPE, Task.CORE)) {
        cache.add(field(task, field));
        cache.add(ram.shadow().state(task + field.offset()).ordinal());
      }
    }
    return cache.value(
        () -> {
          Map<String, Value> tasks = new LinkedHashMap<>();
          for (var config : model.tasks()) {
            int task = firmware.task(config.name());
            Map<String, Value> fields = new LinkedHashMap<>();
            fields.put("sch", member(task, Task.SCH, names::pointer));
            fields.put("type", member(task, Task.TYPE, names::type));
            fields.put("core", member(task, Task.CORE, names::core));
            tasks.put(config.name(), Values.record(fields));
          }
          return Values.record(tasks);
        });
  }

  private Value member(int task, Field field, IntFunction<String> name) {
    boolean initialized = ram.shadow().state(task + field.offset()) == ShadowState.LIVE;
    return text(initialized ? name.apply(field(task, field)) : "uninit");
  }

  private Value halted(ValueCache cache) {
    cache.begin().add(ram.load32(haltReason));
    return cache.value(() -> text(OwnershipNames.why(Why.at(ram.load32(haltReason)), "no")));
  }

  private Value perCore(IntFunction<Value> value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int core = 0; core < model.cores().size(); core++) {
      values.put(model.cores().get(core), value.apply(core));
    }
    return Values.record(values);
  }

  private int field(int base, Field field) {
    return field.size() == 2
        ? ram.load16(base + field.offset())
        : ram.load32(base + field.offset());
  }

  private static Value text(String text) {
    return StringValue.of(text);
  }
}
